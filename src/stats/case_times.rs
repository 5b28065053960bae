//! Times of complaints of two synthetic surveys, by segment, for tests.
//!
//! From `bank_a.csv` and `hotel_a.csv` of `tests/reference/events`: (days, ended, open), counted.

use super::CasesAt;

type Counted = (f64, u64, u64);

/// 157 complaints to a bank: Corporate, Private, Retail, SME.
pub(super) fn bank_a() -> Vec<Vec<CasesAt>> {
    [BANK_CORPORATE, BANK_PRIVATE, BANK_RETAIL, BANK_SME].into_iter().map(segment).collect()
}

/// 40 complaints to a hotel: Business, Group, Leisure.
pub(super) fn hotel_a() -> Vec<Vec<CasesAt>> {
    [HOTEL_BUSINESS, HOTEL_GROUP, HOTEL_LEISURE].into_iter().map(segment).collect()
}

/// The cases of all segments together.
pub(super) fn all_of(segments: &[Vec<CasesAt>]) -> Vec<CasesAt> {
    segments.iter().flatten().copied().collect()
}

fn segment(counted: &[Counted]) -> Vec<CasesAt> {
    counted.iter().map(|&(time, ended, open)| CasesAt { time, ended, open }).collect()
}

const BANK_CORPORATE: &[Counted] = &[
    (1.0, 1, 0),
    (2.0, 2, 0),
    (3.0, 3, 0),
    (6.0, 1, 1),
    (7.0, 2, 0),
    (8.0, 2, 0),
    (16.0, 1, 0),
    (18.0, 2, 0),
    (26.0, 1, 0),
];
const BANK_PRIVATE: &[Counted] = &[
    (1.0, 2, 0),
    (2.0, 1, 0),
    (3.0, 1, 0),
    (4.0, 2, 0),
    (5.0, 2, 0),
    (7.0, 4, 1),
    (8.0, 2, 0),
    (9.0, 0, 1),
    (10.0, 1, 1),
    (11.0, 1, 0),
    (17.0, 1, 0),
    (18.0, 1, 0),
    (21.0, 1, 0),
    (24.0, 1, 0),
    (26.0, 0, 1),
    (33.0, 1, 0),
];
const BANK_RETAIL: &[Counted] = &[
    (1.0, 5, 0),
    (2.0, 1, 0),
    (3.0, 9, 0),
    (4.0, 7, 0),
    (5.0, 3, 0),
    (6.0, 6, 1),
    (7.0, 3, 1),
    (8.0, 3, 1),
    (9.0, 2, 2),
    (10.0, 2, 2),
    (11.0, 3, 0),
    (12.0, 2, 2),
    (13.0, 3, 1),
    (14.0, 1, 1),
    (15.0, 1, 0),
    (17.0, 2, 0),
    (18.0, 0, 1),
    (20.0, 1, 0),
    (25.0, 1, 0),
    (27.0, 0, 1),
    (30.0, 1, 0),
    (34.0, 2, 1),
];
const BANK_SME: &[Counted] = &[
    (1.0, 1, 0),
    (3.0, 2, 0),
    (4.0, 3, 0),
    (5.0, 5, 0),
    (6.0, 4, 3),
    (7.0, 2, 1),
    (8.0, 2, 1),
    (9.0, 2, 0),
    (10.0, 1, 1),
    (12.0, 3, 0),
    (13.0, 1, 1),
    (14.0, 1, 0),
    (15.0, 2, 0),
    (16.0, 1, 1),
    (18.0, 2, 0),
    (19.0, 0, 1),
    (20.0, 1, 0),
    (22.0, 0, 1),
    (24.0, 0, 1),
];
const HOTEL_BUSINESS: &[Counted] = &[
    (3.0, 1, 0),
    (6.0, 1, 0),
    (8.0, 2, 0),
    (11.0, 1, 0),
    (12.0, 1, 0),
    (14.0, 2, 0),
    (16.0, 0, 1),
    (19.0, 1, 0),
];
const HOTEL_GROUP: &[Counted] = &[
    (3.0, 1, 0),
    (5.0, 3, 0),
    (6.0, 1, 0),
    (8.0, 1, 0),
    (11.0, 2, 0),
    (15.0, 0, 1),
    (18.0, 0, 1),
    (20.0, 1, 0),
    (29.0, 1, 0),
];
const HOTEL_LEISURE: &[Counted] = &[
    (1.0, 1, 0),
    (2.0, 3, 0),
    (5.0, 3, 0),
    (6.0, 2, 0),
    (8.0, 2, 0),
    (9.0, 2, 0),
    (11.0, 1, 0),
    (12.0, 1, 0),
    (15.0, 1, 0),
    (17.0, 1, 0),
    (20.0, 1, 0),
];
