//! Documents that the tests of several interfaces read.

/// Title of two documents.
pub const TITLE: &str = "关于加强节约用水工作的若干措施";

/// Returns a folder with two documents, `a.txt` and `b.txt`, of other words and one title.
pub fn two_of_one_title() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        (
            "a.txt",
            "某政发〔2023〕1号\n\n一、推广节水器具。省水利厅牵头推广节水器具，淘汰老旧管网。",
        ),
        (
            "b.txt",
            "某政办发〔2024〕9号\n\n一、开展宣传教育。省教育厅牵头在学校开展节水课程，组织竞赛。",
        ),
    ] {
        std::fs::write(folder.path().join(file), format!("{TITLE}\n{text}")).unwrap();
    }
    folder
}
