//! The names of what is measured. Each stands in the file of the shipped prior.

/// Defines the terms with their names in files and their words for people.
macro_rules! terms {
    ($($term:ident $name:literal $says:literal;)*) => {
        /// Something that can be measured of a pair at a moment.
        ///
        /// Counts and days are taken as `ln(1 + x)`, shares as log-odds, so that a straight line
        /// between two knots means much the same anywhere.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Term { $(#[doc = $says] $term,)* }

        impl Term {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$term,)*];

            /// The name in files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$term => $name,)* }
            }
        }
    };
}

terms! {
    ElapsedDays "elapsed_days" "days since the letter that waits for an answer";
    HorizonDays "horizon_days" "days that are looked ahead";
    DaysSinceHeard "days_since_heard" "days since they last wrote to you";
    DaysSinceWrote "days_since_wrote" "days since you last wrote to them";
    DaysSinceAny "days_since_any" "days since either of you wrote";
    DaysSinceSeen "days_since_seen" "days since you last saw any letter of theirs";
    In1 "in_1" "letters from them in a day";
    In7 "in_7" "letters from them in a week";
    In30 "in_30" "letters from them in 30 days";
    In90 "in_90" "letters from them in 90 days";
    In180 "in_180" "letters from them in 180 days";
    In365 "in_365" "letters from them in a year";
    Out1 "out_1" "your letters to them in a day";
    Out7 "out_7" "your letters to them in a week";
    Out30 "out_30" "your letters to them in 30 days";
    Out90 "out_90" "your letters to them in 90 days";
    Out180 "out_180" "your letters to them in 180 days";
    Seen7 "seen_7" "letters of theirs that you saw in a week";
    Seen30 "seen_30" "letters of theirs that you saw in 30 days";
    Seen90 "seen_90" "letters of theirs that you saw in 90 days";
    Seen365 "seen_365" "letters of theirs that you saw in a year";
    Unanswered "unanswered" "your letters since they last wrote";
    PendingDays "pending_days" "days since the first of your unanswered letters";
    GapMax "gap_max" "the longest they were ever silent";
    GapLast "gap_last" "how long they were silent before their last letter";
    LnGapMean "ln_gap_mean" "days between their letters, as a rule";
    LnGapSpread "ln_gap_spread" "how uneven their silences are";
    LnGapLast3 "ln_gap_last_3" "days between their last letters";
    GapTail "gap_tail" "how many of their silences were longer than this one";
    SilenceRatio "silence_ratio" "this silence against their usual one";
    AnswerShare "answer_share" "how many of your letters they answered within a week, of late";
    AnswerShareAll "answer_share_all" "how many of your letters to anybody were answered within a week";
    AnswerShareDay "answer_share_day" "how many of your letters they answered within a day";
    AnswerShareNow "answer_share_now" "how often they still answered after waiting so long";
    AnswerShareAllNow "answer_share_all_now" "how often anybody still answered you after waiting so long";
    LnHours "ln_hours" "hours that their answers take";
    LnHoursSpread "ln_hours_spread" "how uneven their answers are";
    LnHoursLast "ln_hours_last" "hours that their last answer took";
    LnHoursAll "ln_hours_all" "hours that answers take in your mailbox";
    YourShare "your_share" "how many of their letters you answer within a week";
    Begins "begins" "how often they are the one who begins";
    Sent1 "sent_1" "letters that you sent to anybody in a day";
    Sent7 "sent_7" "letters that you sent to anybody in a week";
    Sent30 "sent_30" "letters that you sent to anybody in 30 days";
    Sent90 "sent_90" "letters that you sent to anybody in 90 days";
    DaysSinceSent "days_since_sent" "days since you wrote to anybody";
    Received1 "received_1" "letters that you got from anybody in a day";
    Received30 "received_30" "letters that you got from anybody in 30 days";
    Received90 "received_90" "letters that you got from anybody in 90 days";
    InTrend "in_trend" "their letters this month against the half year";
    OutTrend "out_trend" "your letters this month against the half year";
    ReceivedTrend "received_trend" "the traffic of your mailbox this week against the quarter";
    Rate30 "rate_30" "how often they wrote before this silence, over a month";
    Rate90 "rate_90" "how often they wrote before this silence, over a quarter";
    Rate365 "rate_365" "how often they wrote before this silence, over a year";
    LetterWeekday "letter_weekday" "the day of the week of the letter";
    To "to" "how many the letter went to";
    Direct "direct" "how many the letter asks for an answer";
    IsReply "is_reply" "whether the letter is itself an answer";
    AnswersThem "answers_them" "whether the letter answers one of theirs";
    HeardBeforeLetter "heard_before_letter" "days from their last letter to yours";
    Reminders "reminders" "letters of yours after this one";
    SeenSince "seen_since" "letters of theirs that you saw since";
    ReceivedSince "received_since" "letters that you got from anybody since";
    ReceivedSinceTrend "received_since_trend" "the traffic of your mailbox since, against the quarter";
    SentSince "sent_since" "letters that you sent to anybody since";
    SentSinceTrend "sent_since_trend" "your traffic since, against the quarter";
    OutSince "out_since" "your letters to them since";
    ThreadPeople "thread_people" "how many people wrote in it";
    ThreadAfter "thread_after" "letters of others in it since";
    ThreadAgeDays "thread_age_days" "days since the conversation began";
    Others "others" "how many others the letter asks for an answer";
    OthersAnswered "others_answered" "how many of them have written to you since";
    LongSilences "long_silences" "how often they were silent longer than is looked ahead";
    LongerSilences "longer_silences" "how often they were silent longer than now";
    SilencesThatLasted "silences_that_lasted" "how often a silence as long as this one lasted on";
}

impl Term {
    /// The term of a name; `None` if there is none.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.name() == name)
    }
}

/// What was measured, by term; unknown until something is put there.
#[derive(Debug, Clone)]
pub struct Measures {
    values: [f64; Term::ALL.len()],
}

impl Default for Measures {
    fn default() -> Self {
        Self { values: [f64::NAN; Term::ALL.len()] }
    }
}

impl Measures {
    /// The value; `None` where it is unknown.
    pub fn get(&self, term: Term) -> Option<f64> {
        self.values.get(term as usize).copied().filter(|value| !value.is_nan())
    }

    /// Takes a value as it is; not a number means unknown.
    pub fn put(&mut self, term: Term, value: f64) {
        if let Some(slot) = self.values.get_mut(term as usize) {
            *slot = value;
        }
    }

    /// Takes a count or a number of days. Beyond 999 they are all the same.
    pub fn put_count(&mut self, term: Term, value: f64) {
        self.put(term, ln_count(value));
    }

    /// Forgets a value.
    pub fn forget(&mut self, term: Term) {
        self.put(term, f64::NAN);
    }
}

/// `ln(1 + x)`, x between 0 and 999.
pub fn ln_count(value: f64) -> f64 {
    value.clamp(0.0, 999.0).ln_1p()
}
