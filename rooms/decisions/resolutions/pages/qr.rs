//! A QR code as a picture of squares. It asks no other machine, and holds nothing but an address.

use std::fmt::Write as _;

use page::{Html, text};
use qrcode::{Color, EcLevel, QrCode};

/// Empty squares around it, without which cameras do not find it.
const QUIET: usize = 4;

/// The picture of an address; nothing when it is too long for one.
pub(super) fn picture(address: &str, label: &str) -> Html {
    let Ok(code) = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M) else {
        return Html::none();
    };
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (at % width + QUIET, at / width + QUIET);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let side = width + 2 * QUIET;
    let label = text(label);
    Html(format!(
        "<svg class=qr role=img aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" width=160 \
         height=160 shape-rendering=crispEdges><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_square_of_squares_and_too_much_is_none() {
        let picture = picture("https://baraza.example/assembly/7", "A-7");
        assert!(picture.0.contains("viewBox=\"0 0 37 37\""), "{}", picture.0);
        assert!(picture.0.contains("M4 4h1v1h-1z"), "the corner is dark");
        assert!(super::picture(&"x".repeat(5_000), "").is_empty());
    }
}
