//! A table that sorts by its links, prints on A4, and becomes a list of cards on a phone
//! when it has more than two columns.
//!
//! Never: it never scrolls sideways on a phone, and never loses a column there.

use crate::components::Example;
use crate::html::{Html, href, text};
use crate::tongue::Tongue;

/// Which way a column is sorted now.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Sorted {
    /// Smallest, first, oldest on top.
    Up,
    /// Largest, last, newest on top.
    Down,
}

/// One column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// What it holds.
    pub name: String,
    /// Whether it holds numbers, which stand at the end of their cell.
    pub number: bool,
    /// The link that sorts by it.
    pub sort: Option<String>,
    /// Whether the table is sorted by it now.
    pub sorted: Option<Sorted>,
}

impl Column {
    /// A column of words.
    pub fn words(name: &str) -> Column {
        Column { name: name.to_owned(), ..Column::default() }
    }

    /// A column of numbers.
    pub fn number(name: &str) -> Column {
        Column { number: true, ..Column::words(name) }
    }
}

/// The table. The first cell of each row names the row. Rows shorter than the columns are filled
/// with empty cells; longer ones are cut.
pub fn table(caption: &str, columns: &[Column], rows: &[Vec<Html>]) -> Html {
    let head: String = columns.iter().map(head_cell).collect();
    let body: String = rows
        .iter()
        .map(|row| {
            let empty = Html::none();
            let cells: String = columns
                .iter()
                .enumerate()
                .map(|(index, column)| body_cell(index, column, row.get(index).unwrap_or(&empty)))
                .collect();
            format!("<tr role=row>{cells}</tr>")
        })
        .collect();
    // Two columns fit any phone as they are; more become cards there.
    let wide = if columns.len() > 2 { " class=wide" } else { "" };
    // The roles are said again because a phone's layout takes the table's display away, and with
    // it what a screen reader knows.
    Html(format!(
        "<table role=table{wide}><caption>{}</caption><thead role=rowgroup><tr role=row>{head}</tr>\
         </thead><tbody role=rowgroup>{body}</tbody></table>",
        text(caption)
    ))
}

fn head_cell(column: &Column) -> String {
    let (aria, mark) = match column.sorted {
        Some(Sorted::Up) => (" aria-sort=ascending", " <span aria-hidden=true>▲</span>"),
        Some(Sorted::Down) => (" aria-sort=descending", " <span aria-hidden=true>▼</span>"),
        None => ("", ""),
    };
    let class = if column.number { " class=n" } else { "" };
    let name = text(&column.name);
    let name = match &column.sort {
        Some(to) => format!("<a href=\"{}\">{name}{mark}</a>", href(to)),
        None => format!("{name}{mark}"),
    };
    format!("<th role=columnheader scope=col{class}{aria}>{name}</th>")
}

fn body_cell(index: usize, column: &Column, cell: &Html) -> String {
    if index == 0 {
        return format!("<th role=rowheader scope=row>{cell}</th>");
    }
    let class = if column.number { " class=n" } else { "" };
    format!("<td role=cell{class} data-label=\"{}\">{cell}</td>", text(&column.name))
}

/// A small table, sorted.
pub fn examples(t: Tongue) -> Vec<Example> {
    let columns = [
        Column { sort: Some("?sort=name".into()), ..Column::words(&t.say("column-area")) },
        Column {
            sort: Some("?sort=value".into()),
            sorted: Some(Sorted::Down),
            ..Column::number(&t.say("example-number"))
        },
        Column::words(&t.say("column-when")),
    ];
    let row = |name: &str, value: i64| {
        vec![text(name), text(&t.number(value)), text(&t.date(1_772_500_000_000))]
    };
    let rows = [row("Kilima", 1_240), row("Bandari", 350), row("Mtoni", 45)];
    vec![Example::new("sorted by number", table(&t.say("example-table"), &columns, &rows))]
}
