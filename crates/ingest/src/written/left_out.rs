//! What a mail holds and is not shown, and how that is said.

/// How often something was left out. Only what a reader may want to know is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Pictures that would have been loaded, each with a mark where it stood.
    pub pictures: usize,
    /// Pictures that nobody sees: they tell a sender who opened the mail, and when.
    pub unseen_pictures: usize,
    /// Grounds behind words that would have been loaded.
    pub grounds: usize,
    /// Drawings and formulas.
    pub drawings: usize,
    /// Sound and film.
    pub films: usize,
    /// Programs.
    pub scripts: usize,
    /// Forms.
    pub forms: usize,
    /// Other pages and objects within the mail.
    pub frames: usize,
    /// Jumps to another page.
    pub jumps: usize,
    /// Links that lead to no page, mail address or telephone.
    pub links: usize,
    /// Passages that the mail hides from its reader.
    pub hidden: usize,
    /// The mail goes on behind what was read.
    pub cut: bool,
}

impl LeftOut {
    /// One clause for each kind, such as `2 pictures were not loaded`; none if nothing was left out.
    pub fn in_words(&self) -> Vec<String> {
        let kinds = [
            (self.pictures, "picture was", "pictures were", "not loaded"),
            (
                self.unseen_pictures,
                "invisible picture was",
                "invisible pictures were",
                "not loaded; such pictures tell a sender that a mail was opened",
            ),
            (self.grounds, "background picture was", "background pictures were", "not loaded"),
            (self.drawings, "drawing was", "drawings were", "left out"),
            (self.films, "sound or film was", "sounds or films were", "left out"),
            (self.scripts, "script was", "scripts were", "left out"),
            (self.forms, "form was", "forms were", "left out; do not type a password into a mail"),
            (self.frames, "embedded page was", "embedded pages were", "left out"),
            (self.jumps, "jump to another page was", "jumps to another page were", "left out"),
            (
                self.links,
                "link that leads nowhere safe was",
                "links that lead nowhere safe were",
                "left out",
            ),
            (self.hidden, "hidden passage was", "hidden passages were", "left out"),
        ];
        let counted = kinds.into_iter().filter(|(count, ..)| *count > 0);
        let mut words: Vec<String> = counted
            .map(|(count, one, many, fate)| {
                format!("{count} {} {fate}", if count == 1 { one } else { many })
            })
            .collect();
        if self.cut {
            words.push("Only the beginning is shown, for the mail is very long".to_owned());
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many() {
        assert!(LeftOut::default().in_words().is_empty());
        let left_out = LeftOut { pictures: 2, scripts: 1, cut: true, ..LeftOut::default() };
        assert_eq!(
            left_out.in_words(),
            [
                "2 pictures were not loaded",
                "1 script was left out",
                "Only the beginning is shown, for the mail is very long"
            ]
        );
    }
}
