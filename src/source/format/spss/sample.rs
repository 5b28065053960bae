//! A writer of system files for tests, after the published format and with no regard to the reader.

use std::io::Write;

use flate2::Compression as Level;
use flate2::write::ZlibEncoder;

/// Print formats: the kind in the third byte, the width in the second, decimals in the first.
pub(super) const F8: i32 = 5 << 16 | 8 << 8;
pub(super) const F8_2: i32 = 5 << 16 | 8 << 8 | 2;
pub(super) const DATE: i32 = 20 << 16 | 11 << 8;
pub(super) const TIME: i32 = 21 << 16 | 8 << 8;
pub(super) const DATETIME: i32 = 22 << 16 | 20 << 8;

/// A value of a case.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Number(f64),
    SystemMissing,
    Text(Vec<u8>),
}

/// A variable; a width of 0 is a number.
#[derive(Clone, Debug, Default)]
pub(super) struct SampleVariable {
    pub(super) name: &'static str,
    pub(super) width: usize,
    pub(super) format: i32,
    pub(super) label: Vec<u8>,
    /// As the format writes it: 1 to 3 codes, -2 a range, -3 a range and a code.
    pub(super) missing: (i32, Vec<f64>),
    pub(super) labels: Vec<(Value, Vec<u8>)>,
}

/// A file.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) is_big: bool,
    pub(super) layout: i32,
    pub(super) compression: i32,
    pub(super) claimed: Option<i32>,
    pub(super) weight: i32,
    pub(super) variables: Vec<SampleVariable>,
    /// Subtype, size of an item, data.
    pub(super) extensions: Vec<(i32, i32, Vec<u8>)>,
    pub(super) cases: Vec<Vec<Value>>,
    /// Bytes of a block of zlib.
    pub(super) block: usize,
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.as_bytes().to_vec())
    }
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            is_big: false,
            layout: 2,
            compression: 1,
            claimed: None,
            weight: 0,
            variables: Vec::new(),
            extensions: Vec::new(),
            cases: Vec::new(),
            block: 64,
        }
    }
}

impl Sample {
    /// Adds a number.
    pub(super) fn number(mut self, name: &'static str, format: i32) -> Self {
        self.variables.push(SampleVariable { name, format, ..SampleVariable::default() });
        self
    }

    /// Adds a string.
    pub(super) fn text(mut self, name: &'static str, width: usize) -> Self {
        let shown = i32::try_from(width.min(255)).unwrap();
        let format = 1 << 16 | shown << 8;
        self.variables.push(SampleVariable { name, width, format, ..SampleVariable::default() });
        self
    }

    /// Labels the last variable.
    pub(super) fn labelled(mut self, label: &str) -> Self {
        self.variables.last_mut().unwrap().label = label.into();
        self
    }

    /// Labels values of the last variable.
    pub(super) fn values<V: Into<Value> + Clone>(mut self, labels: &[(V, &str)]) -> Self {
        let labels = labels.iter().map(|(value, label)| (value.clone().into(), label.as_bytes().to_vec()));
        self.variables.last_mut().unwrap().labels = labels.collect();
        self
    }

    /// Gives the last variable missing values, as the format counts them.
    pub(super) fn missing(mut self, count: i32, numbers: &[f64]) -> Self {
        self.variables.last_mut().unwrap().missing = (count, numbers.to_vec());
        self
    }

    /// Adds an informational record of bytes.
    pub(super) fn extension(mut self, subtype: i32, bytes: impl Into<Vec<u8>>) -> Self {
        self.extensions.push((subtype, 1, bytes.into()));
        self
    }

    /// Adds a case.
    pub(super) fn case(mut self, values: Vec<Value>) -> Self {
        self.cases.push(values);
        self
    }

    /// An integer as this file writes it.
    pub(super) fn i32(&self, number: i32) -> [u8; 4] {
        if self.is_big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn i64(&self, number: usize) -> [u8; 8] {
        let number = i64::try_from(number).unwrap();
        if self.is_big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn f64(&self, number: f64) -> [u8; 8] {
        if self.is_big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn integers(&self, out: &mut Vec<u8>, numbers: &[i32]) {
        for number in numbers {
            out.extend(self.i32(*number));
        }
    }

    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = if self.compression == 2 { b"$FL3".to_vec() } else { b"$FL2".to_vec() };
        out.extend(padded(b"@(#) SPSS DATA FILE a writer for tests", 60));
        let claimed = self.claimed.unwrap_or(i32::try_from(self.cases.len()).unwrap());
        self.integers(&mut out, &[self.layout, -1, self.compression, self.weight, claimed]);
        out.extend(self.f64(100.0));
        out.extend(padded(b"01 Oct 2610:15:00", 17));
        out.extend(padded(b"", 64));
        out.extend([0; 3]);
        let mut firsts = Vec::new();
        let mut elements = 0;
        for variable in &self.variables {
            firsts.push(elements + 1);
            elements += self.variable(&mut out, variable);
        }
        for (variable, first) in self.variables.iter().zip(firsts) {
            if variable.labels.is_empty() || variable.width > 8 {
                continue;
            }
            self.integers(&mut out, &[3, i32::try_from(variable.labels.len()).unwrap()]);
            for (value, label) in &variable.labels {
                out.extend(self.elements(value, 8).concat());
                out.push(u8::try_from(label.len()).unwrap());
                out.extend(padded(label, (label.len() + 1).next_multiple_of(8) - 1));
            }
            self.integers(&mut out, &[4, 1, first]);
        }
        let segmented: Vec<&SampleVariable> =
            self.variables.iter().filter(|variable| variable.width > 255).collect();
        if !segmented.is_empty() {
            let width = |variable: &&SampleVariable| format!("{}={:05}\0\t", variable.name, variable.width);
            let widths: Vec<String> = segmented.iter().map(width).collect();
            self.record(&mut out, &(14, 1, widths.concat().into_bytes()));
        }
        for extension in &self.extensions {
            self.record(&mut out, extension);
        }
        self.integers(&mut out, &[999, 0]);
        self.write_cases(&mut out);
        out
    }

    fn record(&self, out: &mut Vec<u8>, (subtype, size, bytes): &(i32, i32, Vec<u8>)) {
        let count = i32::try_from(bytes.len()).unwrap() / size;
        self.integers(out, &[7, *subtype, *size, count]);
        out.extend(bytes);
    }

    /// Writes a variable with all its records; how many elements of a case it takes.
    fn variable(&self, out: &mut Vec<u8>, variable: &SampleVariable) -> i32 {
        let mut elements = 0;
        for (position, width) in segments(variable.width).into_iter().enumerate() {
            let has_label = !variable.label.is_empty() && position == 0;
            let missing = if position == 0 { variable.missing.0 } else { 0 };
            let shown = i32::try_from(width).unwrap();
            let format = if width == 0 { variable.format } else { 1 << 16 | shown << 8 };
            self.integers(out, &[2, shown, i32::from(has_label), missing, format, format]);
            let name = if position == 0 {
                variable.name.to_owned()
            } else {
                format!("{}{position}", &variable.name[..3])
            };
            out.extend(padded(name.as_bytes(), 8));
            if has_label {
                out.extend(self.i32(i32::try_from(variable.label.len()).unwrap()));
                out.extend(padded(&variable.label, variable.label.len().next_multiple_of(4)));
            }
            if position == 0 {
                for number in &variable.missing.1 {
                    out.extend(self.f64(*number));
                }
            }
            elements += 1;
            for _ in 1..width.div_ceil(8) {
                self.integers(out, &[2, -1, 0, 0, 0, 0]);
                out.extend(padded(b"", 8));
                elements += 1;
            }
        }
        elements
    }

    /// A value as elements of a case.
    fn elements(&self, value: &Value, width: usize) -> Vec<[u8; 8]> {
        let text = match value {
            Value::Number(number) => return vec![self.f64(*number)],
            Value::SystemMissing => return vec![self.f64(-f64::MAX)],
            Value::Text(text) => text,
        };
        // A very long string puts 255 of its bytes into each segment of 256.
        let mut bytes = Vec::new();
        let mut rest = text.as_slice();
        for segment in segments(width) {
            let (now, later) = rest.split_at(rest.len().min(segment));
            bytes.extend(padded(now, segment.next_multiple_of(8)));
            rest = later;
        }
        bytes.chunks(8).map(|chunk| chunk.try_into().unwrap()).collect()
    }

    fn write_cases(&self, out: &mut Vec<u8>) {
        let elements: Vec<[u8; 8]> = self
            .cases
            .iter()
            .flat_map(|case| case.iter().zip(&self.variables))
            .flat_map(|(value, variable)| self.elements(value, variable.width))
            .collect();
        if self.compression == 0 {
            out.extend(elements.concat());
            return;
        }
        let commands = self.commands(&elements);
        if self.compression == 1 {
            out.extend(commands);
            return;
        }
        let start = out.len();
        let blocks: Vec<Vec<u8>> = commands.chunks(self.block).map(zlib).collect();
        let trailer = start + 24 + blocks.iter().map(Vec::len).sum::<usize>();
        out.extend([start, trailer, 24 + 24 * blocks.len()].map(|number| self.i64(number)).concat());
        for block in &blocks {
            out.extend(block);
        }
        let bias = -100_i64;
        out.extend(if self.is_big { bias.to_be_bytes() } else { bias.to_le_bytes() });
        out.extend(self.i64(0));
        self.integers(out, &[i32::try_from(self.block).unwrap(), i32::try_from(blocks.len()).unwrap()]);
        let (mut inflated_at, mut compressed_at) = (start, start + 24);
        for (block, commands) in blocks.iter().zip(commands.chunks(self.block)) {
            out.extend([inflated_at, compressed_at].map(|number| self.i64(number)).concat());
            self.integers(out, &[commands.len(), block.len()].map(|number| i32::try_from(number).unwrap()));
            inflated_at += commands.len();
            compressed_at += block.len();
        }
    }

    /// Elements as command bytes, the last eight filled up with nothing.
    fn commands(&self, elements: &[[u8; 8]]) -> Vec<u8> {
        let mut out = Vec::new();
        for group in elements.chunks(8) {
            let (mut commands, mut data) = ([0; 8], Vec::<u8>::new());
            for (command, element) in commands.iter_mut().zip(group) {
                let small = (1..=251).find(|code| self.f64(f64::from(*code) - 100.0) == *element);
                *command = match small {
                    Some(code) => u8::try_from(code).unwrap(),
                    None if *element == [b' '; 8] => 254,
                    None if *element == self.f64(-f64::MAX) => 255,
                    None => {
                        data.extend(element);
                        253
                    }
                };
            }
            out.extend(commands);
            out.extend(data);
        }
        out
    }
}

/// The widths of the variables that hold a string of this width.
fn segments(width: usize) -> Vec<usize> {
    if width <= 255 {
        return vec![width];
    }
    let count = width.div_ceil(252);
    let mut widths = vec![255; count - 1];
    widths.push(width - (count - 1) * 252);
    widths
}

fn padded(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.resize(length.max(bytes.len()), b' ');
    padded
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Level::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
