//! What is said where no more components of a mass spectrum are named.

/// What was fitted and is not named.
pub(super) struct Unnamed {
    /// That the rule would name, had more been asked for.
    pub certain: usize,
    /// That it would not.
    pub doubtful: usize,
}

impl Unnamed {
    /// Why no more than `named` are named, one sentence each.
    pub fn reasons(&self, named: usize) -> Vec<String> {
        let Self { certain, doubtful } = *self;
        let mut reasons = Vec::new();
        if certain > 0 {
            reasons.push(format!(
                "No more than {named} components were asked for; {certain} more would be named."
            ));
        }
        if doubtful > 0 {
            let (what, is) = match doubtful {
                1 => ("reference", "is"),
                _ => ("references", "are"),
            };
            reasons.push(format!(
                "{doubtful} further {what} would improve the fit but {is} not certain enough to be named."
            ));
        }
        reasons
    }
}
