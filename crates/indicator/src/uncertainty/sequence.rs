//! Sobol's sequence with nested scrambling: points that fill a cube evenly, drawn without storing any of them, the same
//! for the same seed on every machine.

use std::sync::LazyLock;

const TABLE: &str = include_str!("joe_kuo.txt");
const BITS: usize = 32;

/// Direction numbers of each dimension, after Joe and Kuo (2008).
static DIRECTIONS: LazyLock<Vec<[u32; BITS]>> = LazyLock::new(|| {
    let first = std::array::from_fn(|bit| 1_u32 << (BITS - 1 - bit));
    let further = TABLE.lines().filter(|line| !line.starts_with('#')).map(directions);
    std::iter::once(first).chain(further).collect()
});

fn directions(line: &str) -> [u32; BITS] {
    let numbers: Vec<u32> = line.split(' ').skip(1).filter_map(|word| word.parse().ok()).collect();
    let (degree, coefficients) = match numbers.as_slice() {
        [degree, coefficients, ..] => (*degree as usize, *coefficients),
        _ => (1, 0),
    };
    let mut v = [0_u32; BITS];
    for bit in 0..BITS {
        v[bit] = if bit < degree {
            numbers.get(bit + 2).copied().unwrap_or(1) << (BITS - 1 - bit)
        } else {
            let mut value = v[bit - degree] ^ (v[bit - degree] >> degree);
            for at in 1..degree {
                if (coefficients >> (degree - 1 - at)) & 1 == 1 {
                    value ^= v[bit - at];
                }
            }
            value
        };
    }
    v
}

/// Mixes bits (the finaliser of splitmix64).
pub(crate) const fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One scrambling of the sequence. Different seeds give independent scramblings, so that their spread tells the error.
#[derive(Debug, Clone)]
pub struct Sequence {
    seeds: Vec<u64>,
    state: Vec<u32>,
    index: u32,
}

impl Sequence {
    /// A scrambling in so many dimensions. Beyond the 256th dimension points are pseudo-random.
    pub fn new(dimensions: usize, seed: u64) -> Self {
        let own = |dimension: u64| mixed(mixed(seed).wrapping_add(dimension));
        Self {
            seeds: (0..dimensions as u64).map(own).collect(),
            state: vec![0; dimensions],
            index: 0,
        }
    }

    /// The next point, each coordinate within (0, 1).
    pub fn next_into(&mut self, point: &mut [f64]) {
        for (dimension, place) in point.iter_mut().enumerate() {
            let (Some(state), Some(seed)) = (self.state.get(dimension), self.seeds.get(dimension)) else {
                continue;
            };
            let bits = if dimension < DIRECTIONS.len() {
                scrambled(*state, *seed as u32)
            } else {
                (mixed(seed.wrapping_add(u64::from(self.index))) >> 32) as u32
            };
            *place = (f64::from(bits) + 0.5) / 4_294_967_296.0;
        }
        // Gray code: the next point differs by one direction number.
        let bit = self.index.trailing_ones() as usize;
        for (state, directions) in self.state.iter_mut().zip(DIRECTIONS.iter()) {
            *state ^= directions.get(bit).copied().unwrap_or(0);
        }
        self.index = self.index.wrapping_add(1);
    }
}

/// Owen's nested uniform scrambling by a hash (Burley 2020, after Laine and Karras 2011; constants of Vegdahl).
const fn scrambled(bits: u32, seed: u32) -> u32 {
    let mut x = bits.reverse_bits();
    x ^= x.wrapping_mul(0x3d20_adea);
    x = x.wrapping_add(seed);
    x = x.wrapping_mul((seed >> 16) | 1);
    x ^= x.wrapping_mul(0x0552_6c56);
    x ^= x.wrapping_mul(0x53a2_2864);
    x.reverse_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_is_evenly_filled() {
        let mut sequence = Sequence::new(256, 7);
        let mut point = vec![0.0; 256];
        let mut seen = vec![[0_u8; 64]; 256];
        for _ in 0..64 {
            sequence.next_into(&mut point);
            for (seen, value) in seen.iter_mut().zip(&point) {
                seen[(value * 64.0) as usize] += 1;
            }
        }
        // Each of 64 equal parts holds exactly one of the first 64 points: what plain chance never does.
        assert!(seen.iter().flatten().all(|count| *count == 1));
    }

    #[test]
    fn the_first_points_are_those_of_the_paper() {
        // Unscrambled: 0, 1/2, 3/4, 1/4, 3/8 … in the first dimension, 0, 1/2, 1/4, 3/4, 3/8 … in the second.
        let mut states = [0_u32; 3];
        let mut points = Vec::new();
        for index in 0_u32..5 {
            points.push(states.map(|state| f64::from(state) / 4_294_967_296.0));
            for (state, directions) in states.iter_mut().zip(DIRECTIONS.iter()) {
                *state ^= directions[index.trailing_ones() as usize];
            }
        }
        let wanted = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
        ];
        assert_eq!(points, wanted);
    }

    #[test]
    fn the_same_seed_gives_the_same_points_and_another_others() {
        let draw = |seed| {
            let mut sequence = Sequence::new(3, seed);
            let mut point = [0.0; 3];
            (0..5).for_each(|_| sequence.next_into(&mut point));
            point
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}
