//! Integers of a fixed number of 64-bit limbs: as much arithmetic as exact sums need.
//!
//! Every caller knows how many bits it needs and picks the number of limbs; what would not fit is cut off.

use std::cmp::Ordering;

/// How many bits a quotient is worked out to before it is rounded; more than a float's 53 and a bit for the half.
const QUOTIENT_BITS: i32 = 68;

/// An unsigned integer, least limb first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wide<const N: usize>([u64; N]);

impl<const N: usize> Default for Wide<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> From<u128> for Wide<N> {
    fn from(value: u128) -> Self {
        let mut limbs = [0; N];
        for (index, limb) in limbs.iter_mut().take(2).enumerate() {
            *limb = u64::try_from(value >> (64 * index) & u128::from(u64::MAX)).unwrap_or(u64::MAX);
        }
        Self(limbs)
    }
}

impl<const N: usize> Wide<N> {
    /// Adds another.
    pub(super) fn add(&mut self, other: &Self) {
        let mut carry = false;
        for (limb, other) in self.0.iter_mut().zip(&other.0) {
            (*limb, carry) = limb.carrying_add(*other, carry);
        }
    }

    /// Takes another away; below zero it wraps, as two's complement does.
    pub(super) fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (limb, other) in self.0.iter_mut().zip(&other.0) {
            (*limb, borrow) = limb.borrowing_sub(*other, borrow);
        }
    }

    /// The product, in as many limbs as the caller needs.
    pub(super) fn times<const M: usize, const R: usize>(&self, other: &Wide<M>) -> Wide<R> {
        let mut product = [0; R];
        for (offset, factor) in self.0.iter().enumerate().take(R) {
            let mut carry = 0;
            let others = other.0.iter().chain(std::iter::repeat(&0));
            for (limb, other) in product[offset..].iter_mut().zip(others) {
                (*limb, carry) = factor.carrying_mul_add(*other, *limb, carry);
            }
        }
        Wide(product)
    }

    /// The same number with another number of limbs.
    pub(super) fn resized<const R: usize>(&self) -> Wide<R> {
        let mut limbs = [0; R];
        for (limb, own) in limbs.iter_mut().zip(&self.0) {
            *limb = *own;
        }
        Wide(limbs)
    }

    /// How many bits it has, up to its highest one.
    fn bits(&self) -> u32 {
        let highest = self.0.iter().enumerate().rev().find(|(_, limb)| **limb != 0);
        highest.map_or(0, |(index, limb)| u32::try_from(index).unwrap_or(0) * 64 + 64 - limb.leading_zeros())
    }

    /// The number, where it has at most 128 bits.
    pub(super) fn as_u128(&self) -> Option<u128> {
        let limb = |index: usize| u128::from(self.0.get(index).copied().unwrap_or(0));
        (self.bits() <= 128).then(|| limb(1) << 64 | limb(0))
    }

    /// Adds it to itself.
    pub(super) fn double(&mut self) {
        let mut carry = 0;
        for limb in &mut self.0 {
            (*limb, carry) = (*limb << 1 | carry, *limb >> 63);
        }
    }

    fn shift_left(&mut self, bits: u32) {
        let limbs = usize::try_from(bits / 64).unwrap_or(N).min(N);
        self.0.copy_within(..N - limbs, limbs);
        self.0[..limbs].fill(0);
        for _ in 0..bits % 64 {
            self.double();
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }

    /// The quotient as the nearest float (ties to even); 0 where the divisor is 0. Needs one bit of room.
    pub(super) fn over(&self, divisor: &Self) -> f64 {
        let (mut rest, mut divisor) = (*self, *divisor);
        let (bits, divisor_bits) = (rest.bits(), divisor.bits());
        if bits == 0 || divisor_bits == 0 {
            return 0.0;
        }
        rest.shift_left(divisor_bits.saturating_sub(bits));
        divisor.shift_left(bits.saturating_sub(divisor_bits));
        let mut quotient = 0_u128;
        for _ in 0..QUOTIENT_BITS {
            quotient <<= 1;
            if rest.order(&divisor).is_ge() {
                rest.subtract(&divisor);
                quotient |= 1;
            }
            rest.double();
        }
        let scale =
            i32::try_from(bits).unwrap_or(0) - i32::try_from(divisor_bits).unwrap_or(0) - (QUOTIENT_BITS - 1);
        rounded(quotient, rest.bits() > 0, scale)
    }
}

/// A signed integer in two's complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SignedWide<const N: usize>(Wide<N>);

impl<const N: usize> Default for SignedWide<N> {
    fn default() -> Self {
        Self(Wide::default())
    }
}

impl<const N: usize> SignedWide<N> {
    /// Adds a magnitude with a sign.
    pub(super) fn add_signed(&mut self, negative: bool, magnitude: &Wide<N>) {
        if negative {
            self.0.subtract(magnitude);
        } else {
            self.0.add(magnitude);
        }
    }

    /// Adds another.
    pub(super) fn add(&mut self, other: &Self) {
        self.0.add(&other.0);
    }

    /// Whether it is below zero.
    pub(super) fn is_negative(&self) -> bool {
        self.0.0.last().is_some_and(|limb| limb >> 63 == 1)
    }

    /// Its distance from zero.
    pub(super) fn magnitude(&self) -> Wide<N> {
        if self.is_negative() {
            let mut magnitude = Wide::default();
            magnitude.subtract(&self.0);
            magnitude
        } else {
            self.0
        }
    }

    /// The quotient as the nearest float.
    pub(super) fn over(&self, divisor: &Wide<N>) -> f64 {
        let magnitude = self.magnitude().over(divisor);
        if self.is_negative() { -magnitude } else { magnitude }
    }
}

/// A quotient of 128 and 64 bits as the nearest float, by the processor's own division.
pub(in crate::tally) fn quotient(value: u128, divisor: u64) -> f64 {
    if value == 0 || divisor == 0 {
        return 0.0;
    }
    let shift = value.leading_zeros();
    let (value, divisor) = (value << shift, u128::from(divisor));
    rounded(value / divisor, value % divisor != 0, -i32::try_from(shift).unwrap_or(0))
}

/// `quotient` · 2^`scale` as the nearest float, given at least 55 bits and whether a remainder is left.
fn rounded(quotient: u128, remainder: bool, scale: i32) -> f64 {
    // The lowest bit lies below the half that decides, so it can stand for all that is cut off.
    (quotient | u128::from(remainder)) as f64 * 2_f64.powi(scale)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wide(value: u128) -> Wide<6> {
        Wide::from(value)
    }

    /// By schoolbook long division in base ten.
    fn decimal(mut value: Wide<6>) -> String {
        let mut digits = Vec::new();
        while value.bits() > 0 {
            let mut rest = 0_u128;
            for limb in value.0.iter_mut().rev() {
                let part = rest << 64 | u128::from(*limb);
                *limb = u64::try_from(part / 10).expect("below the divisor's multiple");
                rest = part % 10;
            }
            digits.push(char::from_digit(u32::try_from(rest).expect("a digit"), 10).expect("a digit"));
        }
        digits.iter().rev().collect()
    }

    #[test]
    fn a_known_product() {
        let product: Wide<6> = wide(u128::MAX).times::<6, 6>(&wide(u128::MAX)).times::<6, 6>(&wide(1 << 100));
        assert_eq!(
            decimal(product),
            "146783911423364576743092537299333564210117441013421171445776341237978435888107906745560117309054225114726400"
        );
    }

    #[test]
    fn nothing_over_nothing_is_nothing() {
        assert_eq!(wide(0).over(&wide(7)).to_bits(), 0.0_f64.to_bits());
        assert_eq!(wide(7).over(&wide(0)).to_bits(), 0.0_f64.to_bits());
        assert_eq!(quotient(0, 7).to_bits(), 0.0_f64.to_bits());
        assert_eq!(SignedWide::<3>::default().over(&Wide::from(3)).to_bits(), 0.0_f64.to_bits());
    }

    proptest! {
        #[test]
        fn products_agree_with_the_processor(a: u64, b: u64) {
            let product: Wide<6> = wide(u128::from(a)).times(&wide(u128::from(b)));
            prop_assert_eq!(product, wide(u128::from(a) * u128::from(b)));
        }

        #[test]
        fn multiplication_distributes(a: u128, b: u128, c: u128) {
            let mut sum = wide(a);
            sum.add(&wide(b));
            let together: Wide<6> = sum.times(&wide(c));
            let mut apart: Wide<6> = wide(a).times(&wide(c));
            apart.add(&wide(b).times(&wide(c)));
            prop_assert_eq!(together, apart);
            apart.subtract(&wide(b).times(&wide(c)));
            prop_assert_eq!(apart, wide(a).times(&wide(c)));
            prop_assert_eq!(wide(a).times::<6, 6>(&wide(c)), wide(c).times::<6, 6>(&wide(a)));
        }

        #[test]
        fn quotients_are_the_nearest_floats(a: u128, b in 1_u64.., places in 0_usize..30) {
            prop_assert_eq!(wide(a).over(&wide(u128::from(b))).to_bits(), quotient(a, b).to_bits());
            // Of a power of ten, the parser of the standard library gives the nearest float.
            let mut ten = wide(1);
            for _ in 0..places {
                ten = ten.times(&wide(10));
            }
            let value: Wide<6> = wide(a).times(&wide(u128::from(b)));
            let expected: f64 = format!("{}e-{places}", decimal(value)).parse().expect("a number");
            prop_assert_eq!(value.over(&ten).to_bits(), expected.to_bits());
        }

        #[test]
        fn signed_sums_agree_with_the_processor(values in proptest::collection::vec(any::<i64>(), 0..20)) {
            let mut sum = SignedWide::<2>::default();
            let mut expected = 0_i128;
            for value in values {
                let mut one = SignedWide::default();
                one.add_signed(value < 0, &Wide::from(u128::from(value.unsigned_abs())));
                sum.add(&one);
                expected += i128::from(value);
            }
            prop_assert_eq!(sum.is_negative(), expected < 0);
            prop_assert_eq!(sum.magnitude(), Wide::from(expected.unsigned_abs()));
        }
    }
}
