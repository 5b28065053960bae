//! Room on a picture: what is taken, and where a text still fits.

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// A square about a point.
    pub(super) fn about((x, y): (f64, f64), radius: f64) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    /// From its left upper corner.
    pub(super) fn at((left, top): (f64, f64), (width, height): (f64, f64)) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// How far a point is from it; 0 within.
    pub(super) fn distance(self, (x, y): (f64, f64)) -> f64 {
        let across = (self.left - x).max(x - self.right).max(0.0);
        let up = (self.top - y).max(y - self.bottom).max(0.0);
        across.hypot(up)
    }

    fn touches(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(self, other: Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }
}

/// What is taken of an area.
#[derive(Debug)]
pub(super) struct Taken {
    within: Area,
    areas: Vec<Area>,
    avoided: Vec<Area>,
}

impl Taken {
    /// Nothing yet.
    pub(super) fn new(within: Area) -> Self {
        Self { within, areas: Vec::new(), avoided: Vec::new() }
    }

    /// Takes an area, free or not.
    pub(super) fn take(&mut self, area: Area) {
        self.areas.push(area);
    }

    /// Keeps texts off an area where there is room elsewhere.
    pub(super) fn avoid(&mut self, area: Area) {
        self.avoided.push(area);
    }

    /// Takes the first area that is free and within bounds, better one without anything to be avoided.
    pub(super) fn first_free(&mut self, candidates: &[Area]) -> Option<Area> {
        let meets = |areas: &[Area], area: &Area| areas.iter().any(|taken| taken.touches(*area));
        let free: Vec<Area> = candidates
            .iter()
            .copied()
            .filter(|area| self.within.holds(*area) && !meets(&self.areas, area))
            .collect();
        let clear = free.iter().find(|area| !meets(&self.avoided, area));
        let free = *clear.or(free.first())?;
        self.areas.push(free);
        Some(free)
    }
}

/// The places for a text of that size about a mark, the best first: at the corners, where intervals do not run, then
/// beside, above and below.
pub(super) fn around((x, y): (f64, f64), (width, height): (f64, f64), distance: f64) -> [Area; 8] {
    let (half_width, half_height) = (width / 2.0, height / 2.0);
    let slant = distance * 0.9;
    [
        (x + slant, y - slant - height),
        (x + slant, y + slant),
        (x - slant - width, y - slant - height),
        (x - slant - width, y + slant),
        (x + distance, y - half_height),
        (x - distance - width, y - half_height),
        (x - half_width, y - distance - height),
        (x - half_width, y + distance),
    ]
    .map(|corner| Area::at(corner, (width, height)))
}

#[cfg(test)]
mod tests {
    use super::{Area, Taken, around};

    #[test]
    fn texts_go_where_nothing_is() {
        let mut taken = Taken::new(Area::at((0.0, 0.0), (100.0, 100.0)));
        taken.take(Area::about((50.0, 50.0), 5.0));
        let places = around((50.0, 50.0), (30.0, 10.0), 10.0);
        assert_eq!(taken.first_free(&places), Some(Area::at((59.0, 31.0), (30.0, 10.0))));
        taken.avoid(Area::at((80.0, 60.0), (20.0, 20.0)));
        assert_eq!(taken.first_free(&places), Some(places[2]), "the second one is to be avoided");
        assert_eq!(taken.first_free(&around((50.0, 50.0), (130.0, 10.0), 8.0)), None);
    }
}
