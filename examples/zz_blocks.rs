use privacy_audit::policy::intake;
fn main() {
    let f = std::env::args().nth(1).unwrap();
    let b = std::fs::read(&f).unwrap();
    let t = intake::take(&f, &b).unwrap();
    for x in &t.blocks {
        println!("{:?} | {}", x.kind_name(), x.text.text.replace('\n', "⏎"));
    }
}
