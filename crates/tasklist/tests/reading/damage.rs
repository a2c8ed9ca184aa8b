//! Damages a copy of the list as scanners, word processors and hands do: a pure function of text and seed.

/// xorshift64*: small, seeded, the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound.max(1) as u64) as usize
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

pub struct Damaged {
    pub text: String,
    /// Rows whose number was lost.
    pub numbers_lost: Vec<u32>,
}

/// A line's bullet, number and rest, if it is a row.
fn row(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = line.trim_start_matches("- ").trim().split_once('.')?;
    Some((number.parse().ok()?, rest))
}

pub fn damage(text: &str, seed: u64) -> Damaged {
    let mut dice = Dice::new(seed);
    let (wraps, widths, pages) = (dice.below(60), dice.below(60), dice.below(25));
    let keep_blanks = dice.percent(70);
    let (mut losses, mut doubles) = (1 + dice.below(3), 1 + dice.below(3));
    let mut numbers_lost = Vec::new();
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            if keep_blanks {
                out.push(String::new());
            }
            continue;
        }
        let mut line = line.trim().to_owned();
        let mut again = None;
        if let Some((number, rest)) = row(&line) {
            let bullet = dice.pick(&["- ", "• ", "* ", ""]);
            let mut written = format!("{number}.");
            if losses > 0 && dice.percent(4) {
                losses -= 1;
                numbers_lost.push(number);
                dice.pick(&["", "", "."]).clone_into(&mut written);
            } else if doubles > 0 && dice.percent(4) {
                doubles -= 1;
                match dice.below(5) {
                    0 => written = format!("{number}.{number}."),
                    1 => written = format!("{number}{number}."),
                    2 if number > 1 => written = format!("{}.", number - 1),
                    3 => written = format!("{}.", number + 1),
                    _ => again = Some(format!("{bullet}{written}{rest}")),
                }
            }
            line = format!("{bullet}{written}{rest}");
        }
        for line in std::iter::once(line).chain(again) {
            let widened = change_widths(&line, widths, &mut dice);
            out.extend(wrap(&widened, wraps, &mut dice));
        }
    }
    let mut paged = Vec::new();
    for (at, line) in out.into_iter().enumerate() {
        paged.push(line);
        if dice.percent(pages) {
            let page = at / 30 + 1;
            paged.push(match dice.below(4) {
                0 => format!("— {page} —"),
                1 => page.to_string(),
                2 => format!("第{page}页"),
                _ => format!("-{page}-"),
            });
        }
    }
    Damaged {
        text: paged.join("\n"),
        numbers_lost,
    }
}

fn change_widths(line: &str, chance: usize, dice: &mut Dice) -> String {
    let (marks, digits) = (dice.percent(chance), dice.percent(chance));
    line.chars()
        .map(|c| match c {
            '，' if marks => ',',
            '（' if marks => '(',
            '）' if marks => ')',
            '0'..='9' if digits => char::from_u32(c as u32 - u32::from('0') + 0xFF10).unwrap(),
            '.' if digits && dice.percent(50) => '．',
            c => c,
        })
        .collect()
}

/// Breaks a line at up to three places, anywhere: inside number, title, brackets.
fn wrap(line: &str, chance: usize, dice: &mut Dice) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let mut cuts: Vec<usize> = Vec::new();
    if chars.len() > 4 && dice.percent(chance) {
        cuts = (0..=dice.below(3)).map(|_| 1 + dice.below(chars.len() - 1)).collect();
    }
    cuts.extend([0, chars.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|pair| chars[pair[0]..pair[1]].iter().collect())
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_damage() {
    let text = "- 9.电子商务直播基地建设与运营规范（南京）\n\n10.国际养老服务标准（南京）";
    assert_eq!(damage(text, 7).text, damage(text, 7).text);
    assert!((0..20).any(|seed| damage(text, seed).text != damage(text, seed + 1).text));
}
