//! What is said where no more components of a spectrum are named.

/// What was fitted and is not named.
pub(super) struct Unnamed {
    /// Names of what the rule would name, had more been asked for.
    pub certain: Vec<String>,
    /// How many it would not.
    pub doubtful: usize,
}

impl Unnamed {
    /// Why no more than `named` are named, one sentence each.
    pub fn reasons(&self, named: usize) -> Vec<String> {
        let Self { certain, doubtful } = self;
        let mut reasons = Vec::new();
        if !certain.is_empty() {
            let names = certain.join(", ");
            reasons.push(format!(
                "No more components than {named} were asked for; {names} would be named as well."
            ));
        }
        match doubtful {
            0 => {}
            1 => reasons.push("1 further reference would improve the fit but is not certain enough to be named.".to_owned()),
            _ => reasons.push(format!(
                "{doubtful} further references would improve the fit but are not certain enough to be named."
            )),
        }
        reasons
    }
}
