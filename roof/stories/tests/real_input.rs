//! Real input: real messages laid on real cities' neighbourhoods. The data stands outside the
//! project; in CI its absence is a failure.

#![expect(clippy::panic, reason = "a failing story is a failing test")]

use stories::Town;

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");

fn said(out: &str) -> serde_json::Value {
    serde_json::from_str(out.lines().last().unwrap_or_default()).unwrap_or_else(|_| panic!("{out}"))
}

#[test]
fn two_real_cities_and_seven_thousand_real_messages() {
    let Some(data) = stories::trial_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| Town::at(&folder.path().join(name), None, PROGRAM);
    let dar = at("dar");
    let areas = data.join("boundaries/dar_es_salaam_subwards.geojson");
    let areas = areas.to_string_lossy();
    let init = [
        "init",
        "--city",
        "Dar es Salaam",
        "--country",
        "TZA",
        "--areas",
        &areas,
        "--area-name",
        "subward",
        "--area-code",
        "district,ward_code,subward_code",
        "--area-parent",
        "ward",
        "--area-population",
        "population_2012",
        "--languages",
        "sw,en",
        "--json",
    ];
    let (code, out, err) = dar.command(&init);
    assert_eq!((code, &said(&out)["areas_new"]), (0, &452.into()), "{out}{err}");
    let (code, out, _) = dar.command(&init);
    assert_eq!((code, &said(&out)["areas_same"]), (0, &452.into()), "{out}");

    let manila = at("manila");
    let areas = data.join("boundaries/city_of_manila_barangays.geojson");
    let (code, out, err) = manila.command(&[
        "init",
        "--city",
        "Manila",
        "--country",
        "PHL",
        "--areas",
        &areas.to_string_lossy(),
        "--area-name",
        "barangay",
        "--area-code",
        "pcode",
        "--area-parent",
        "district",
        "--languages",
        "en",
        "--json",
    ]);
    assert_eq!((code, &said(&out)["areas_new"]), (0, &899.into()), "{out}{err}");

    let messages = data.join("messages/direct.jsonl");
    let import = [
        "import",
        "voices",
        &messages.to_string_lossy(),
        "--text",
        "text_original,text_en",
        "--time",
        "date",
        "--external-id",
        "id",
        "--json",
    ];
    let (code, out, err) = dar.command(&import);
    assert_eq!((code, &said(&out)["new"]), (0, &7552.into()), "{out}{err}");
    let (code, out, err) = dar.command(&import);
    let again = said(&out);
    assert_eq!((code, &again["new"], &again["again"]), (0, &0.into(), &7552.into()), "{err}");
    let (code, out, err) = dar.command(&["verify", "--json"]);
    assert_eq!((code, &said(&out)["findings"]), (0, &0.into()), "{out}{err}");
    let (code, out, err) = dar.command(&["rebuild", "--json"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn bad_lines_are_told_by_number_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::at(&folder.path().join("city"), None, PROGRAM);
    let (code, ..) = town.command(&["init", "--city", "Lavil", "--country", "HTI"]);
    assert_eq!(code, 0);
    let file = folder.path().join("lines.jsonl");
    let lines = "{\"id\":\"a\",\"text\":\"dlo\"}\nnot json\n{\"id\":\"b\",\"text\":\"\"}\n\n\
                 {\"id\":\"c\",\"text\":\"manje\"}\n{\"id\":\"a\",\"text\":\"dlo\"}\n\u{1}\u{2}\n";
    std::fs::write(&file, lines).unwrap();
    let (code, out, err) = town.command(&[
        "import",
        "voices",
        &file.to_string_lossy(),
        "--text",
        "text",
        "--external-id",
        "id",
        "--json",
    ]);
    let tally = said(&out);
    assert_eq!(code, 4, "{err}");
    assert_eq!(
        (&tally["new"], &tally["again"], &tally["left_out"]),
        (&2.into(), &1.into(), &3.into())
    );
    for line in ["line 2 ", "line 3 ", "line 7 "] {
        assert!(err.contains(line), "{err}");
    }
    let wrong = town.command(&["init", "--city", "x", "--country", "Haiti"]);
    assert!(wrong.0 == 2 && wrong.2.contains("three letters"), "{wrong:?}");
    let mistyped = Town::at(&folder.path().join("cty"), None, PROGRAM);
    let lines = file.to_string_lossy();
    let (code, _, err) = mistyped.command(&["import", "voices", &lines, "--text", "text"]);
    assert!(code == 1 && err.contains("no node") && !mistyped.data.exists(), "{err}");
}
