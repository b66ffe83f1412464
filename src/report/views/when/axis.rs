//! An axis of days, in whole years.

use crate::model::Date;
use maud::{Markup, html};

/// Number of years that have a label.
const LABELS: i16 = 16;

/// An axis from the first day of a year to the last day of a year.
pub(super) struct Axis {
    first: Date,
    last: Date,
    /// Place of the first day and length, in pixels.
    start: u32,
    width: u32,
}

impl Axis {
    /// Returns the axis of the years of some days; `None` without a day.
    pub(super) fn new(
        days: impl Iterator<Item = Date> + Clone,
        start: u32,
        width: u32,
    ) -> Option<Axis> {
        let first = days.clone().min()?.first_of_year();
        let last = days.max()?.last_of_year();
        Some(Axis { first, last, start, width })
    }

    /// Returns the place of a day in pixels.
    pub(super) fn x(&self, day: Date) -> u32 {
        let days = |to: Date| self.first.until(to).map_or(0, |span| i64::from(span.get_days()));
        let all = days(self.last).max(1);
        let along = days(day).clamp(0, all) * i64::from(self.width) / all;
        self.start + u32::try_from(along).unwrap_or(0)
    }

    /// Returns lines at the beginnings of years, with the year, and a line at the day of the report.
    pub(super) fn lines(&self, today: Date, height: u32) -> Markup {
        let years = self.first.year()..=self.last.year();
        let step = (self.last.year() - self.first.year()) / LABELS + 1;
        let begun = years.step_by(usize::try_from(step).unwrap_or(1));
        let begun = begun.filter_map(|year| Date::new(year, 1, 1).ok());
        html! {
            @for day in begun {
                @let x = self.x(day);
                line.rule x1=(x) x2=(x) y1="18" y2=(height) {}
                text.dim x=(x + 3) y="13" { (day.year()) }
            }
            @if self.first <= today && today <= self.last {
                @let x = self.x(today);
                line.today x1=(x) x2=(x) y1="18" y2=(height) { title { (today) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_in_order_between_the_ends() {
        let day = Date::constant;
        let days = [day(2025, 6, 16), day(2027, 6, 16)];
        let axis = Axis::new(days.into_iter(), 10, 1000).unwrap();
        let x = [day(2025, 1, 1), days[0], days[1], day(2027, 12, 31)].map(|day| axis.x(day));
        assert!(x.is_sorted() && x[0] == 10 && x[3] == 1010, "{x:?}");
        assert_eq!(axis.x(day(1949, 1, 1)), 10);
        assert!(Axis::new([].into_iter(), 0, 1).is_none());
    }
}
