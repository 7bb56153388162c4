//! The logo as a picture that PDF/A-1 takes: without transparency, eight bits a channel.

use crate::document::{Logo, LogoKind};
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use png::{ColorType, Transformations};
use std::io::Cursor;
use std::sync::Arc;

/// Most points of a picture.
const POINTS: u64 = 16_000_000;

/// Points on white, three bytes each.
#[derive(Debug, Clone, Hash)]
struct Flat {
    points: Arc<[u8]>,
    size: (u32, u32),
}

impl CustomImage for Flat {
    fn color_channel(&self) -> &[u8] {
        &self.points
    }
    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }
    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }
    fn size(&self) -> (u32, u32) {
        self.size
    }
    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }
    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

/// Reads a logo; the error says what is wrong with it.
pub(super) fn read(logo: &Logo) -> Result<Image, String> {
    let image = match logo.kind {
        LogoKind::Png => Image::from_custom(flat(&logo.bytes)?, false)?,
        LogoKind::Jpeg => Image::from_jpeg(logo.bytes.clone().into(), false)?,
    };
    let (width, height) = image.size();
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > POINTS {
        return Err(format!(
            "it is {width} by {height} points; at most {POINTS} are taken"
        ));
    }
    Ok(image)
}

fn flat(bytes: &[u8]) -> Result<Flat, String> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|e| e.to_string())?;
    let size = reader.info().size();
    let count = u64::from(size.0) * u64::from(size.1);
    if count > POINTS {
        return Err(format!(
            "it is {} by {} points; at most {POINTS} are taken",
            size.0, size.1
        ));
    }
    let length = reader.output_buffer_size().ok_or("it is too large")?;
    let mut buffer = vec![0; length];
    let frame = reader.next_frame(&mut buffer).map_err(|e| e.to_string())?;
    let points = &buffer[..frame.buffer_size()];
    let on_white = |value: u8, alpha: u8| {
        let alpha = u32::from(alpha);
        // Both terms are at most 255 x 255, so the quotient is a byte.
        ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let rgb: Vec<u8> = match frame.color_type {
        ColorType::Rgb => points.to_vec(),
        ColorType::Grayscale => points.iter().flat_map(|&v| [v; 3]).collect(),
        ColorType::GrayscaleAlpha => points
            .as_chunks::<2>()
            .0
            .iter()
            .flat_map(|&[v, a]| [on_white(v, a); 3])
            .collect(),
        ColorType::Rgba => points
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|&[r, g, b, a]| [on_white(r, a), on_white(g, a), on_white(b, a)])
            .collect(),
        ColorType::Indexed => return Err("its palette cannot be read".to_owned()),
    };
    if rgb.len() as u64 != 3 * count {
        return Err("its points are not complete".to_owned());
    }
    Ok(Flat {
        points: rgb.into(),
        size,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use png::BitDepth;

    fn encoded(color: ColorType, depth: BitDepth, points: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == ColorType::Indexed {
            encoder.set_palette(vec![9, 8, 7, 1, 2, 3]);
            encoder.set_trns(vec![0, 255]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(points).unwrap();
        writer.finish().unwrap();
        bytes
    }

    fn points(color: ColorType, depth: BitDepth, points: &[u8]) -> Vec<u8> {
        flat(&encoded(color, depth, points))
            .unwrap()
            .points
            .to_vec()
    }

    #[test]
    fn what_is_transparent_lies_on_white() {
        let eight = BitDepth::Eight;
        assert_eq!(
            points(ColorType::Rgba, eight, &[10, 20, 30, 0, 10, 20, 30, 255]),
            [255, 255, 255, 10, 20, 30]
        );
        assert_eq!(
            points(ColorType::GrayscaleAlpha, eight, &[0, 51, 0, 204]),
            [204, 204, 204, 51, 51, 51]
        );
        assert_eq!(
            points(ColorType::Indexed, eight, &[0, 1]),
            [255, 255, 255, 1, 2, 3]
        );
        assert_eq!(
            points(ColorType::Grayscale, BitDepth::Sixteen, &[128, 0, 255, 255]),
            [128, 128, 128, 255, 255, 255]
        );
    }

    #[test]
    fn damaged_files_are_refused() {
        let whole = encoded(ColorType::Rgb, BitDepth::Eight, &[1, 2, 3, 4, 5, 6]);
        assert!(flat(&whole).is_ok());
        for length in 0..whole.len() - 12 {
            assert!(flat(&whole[..length]).is_err(), "{length}");
        }
    }
}
