//! What a column may mean, and the tables that say under which names it goes.
//!
//! The tables are data: a name that is missing is added there and nowhere else.
//! Must not: decide between columns; `layout` does.

pub(super) mod activity;
pub(super) mod company;
pub(super) mod contact;
pub(super) mod deal;
pub(super) mod more_languages;
pub(super) mod place;

/// One line of a table: a meaning and the names of columns that carry it, the best one first.
///
/// Names are compared folded: case, accents, blanks, signs and digits do not count.
pub(super) type Line = (Role, &'static [&'static str]);

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    // People.
    FullName,
    FirstName,
    MiddleName,
    LastName,
    /// First, last or full name, depending on what stands beside it.
    SomeName,
    Email,
    Phone,
    JobTitle,
    Department,
    /// A job title, or `Dr.` where another column holds the job title.
    SomeTitle,
    /// Any filled cell that does not say no means: do not write to them.
    OptOut,
    /// The same under a name that is an order, such as `Do not contact`.
    DoNot,
    /// States, labels and tags; some of them say: do not write to them.
    Label,
    // Companies, and the company of a person or deal.
    Company,
    Domain,
    Employees,
    Revenue,
    // Deals.
    DealName,
    Stage,
    /// Open, won or lost beside the stage.
    Status,
    IsWon,
    IsClosed,
    /// Filled once the deal is won, or lost.
    WonTime,
    LostTime,
    Probability,
    Value,
    Currency,
    /// Where a deal came from.
    Source,
    /// The trade of its organisation, or of a company.
    Industry,
    Opened,
    CloseDate,
    Person,
    PersonEmail,
    PersonIds,
    // Activities.
    ActivityType,
    Subject,
    Body,
    Day,
    // All of them.
    Note,
    Id,
    Owner,
    Deleted,
}
