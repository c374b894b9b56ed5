#include "scenarios/live/findings/drift_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/scenarios/live/live_run.h"

namespace kondor::live {
namespace {

Findings Found(const std::string& rule, Verdict verdict, const std::string& reading) {
  Findings findings;
  findings.Add(rule, {verdict, "", "", reading, {}});
  return findings;
}

void Write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string Whole(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(DriftFile, KeepsEveryDateOfEveryTarget) {
  const std::string path = NewFile("f.json");
  ASSERT_TRUE(Remember(path, "a", Found("K9", Verdict::kHolds, ""), "2026-01-01T00:00:00Z"));
  ASSERT_TRUE(Remember(path, "a", Found("KO1", Verdict::kDiffers, "kondado.window=gcra"),
                       "2026-01-02T00:00:00Z"));
  ASSERT_TRUE(Remember(path, "b", Found("K9", Verdict::kDiffers, ""), "2026-01-03T00:00:00Z"));
  ASSERT_TRUE(Remember(path, "a", Found("K9", Verdict::kNotChecked, ""), "2026-01-04T00:00:00Z"));
  const auto file = DriftFile::Read(path);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->Last("a", "K9")->at, "2026-01-01T00:00:00Z");
  EXPECT_EQ(file->Last("b", "K9")->verdict, Verdict::kDiffers);
  EXPECT_EQ(file->Last("a", "KO1")->reading, "kondado.window=gcra");
  EXPECT_EQ(file->Last("a", "K10"), nullptr);
  EXPECT_EQ(DateOf(file->LastAt("a").value()), "2026-01-02T00:00:00Z");
  EXPECT_FALSE(file->LastAt("c"));
  ASSERT_TRUE(Remember(path, "a", Found("K9", Verdict::kHolds, ""), "2026-01-05T00:00:00Z"));
  EXPECT_NE(Whole(path).find("2026-01-01T00:00:00Z"), std::string::npos);
  std::filesystem::remove(path);
}

TEST(DriftFile, ThatIsNoneIsRefusedWithItsPlaceAndLeftAsItIs) {
  const std::string path = NewFile("f.json");
  for (
      const std::string text :
      {"{", "[]", R"({"format": "x", "targets": {}})", R"({"targets": {}})",
       R"({"format": "kondor-drift 1", "targets": {"a": {"K9": [{"at": "x", "verdict": "holds"}]}}})",
       R"({"format": "kondor-drift 1", "targets": {"a": {"K9": [{"at": "2026-01-01T00:00:00Z", "verdict": "fine"}]}}})",
       R"({"format": "kondor-drift 1", "targets": {"a": {"K9": {}}}})",
       R"({"format": "kondor-drift 1", "targets": {}, "more": 1})"}) {
    Write(path, text);
    const auto file = DriftFile::Read(path);
    ASSERT_FALSE(file) << text;
    EXPECT_TRUE(file.error().message.starts_with(path + ":1:")) << file.error().message;
    EXPECT_FALSE(Remember(path, "a", Found("K9", Verdict::kHolds, ""), "2026-01-01T00:00:00Z"));
    EXPECT_EQ(Whole(path), text);
  }
  std::filesystem::remove(path);
}

TEST(DriftFile, ThatCannotBeWrittenIsTold) {
  const std::string path = NewFile("no-folder") + "/f.json";
  const auto kept = Remember(path, "a", Found("K9", Verdict::kHolds, ""), "2026-01-01T00:00:00Z");
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().kind, ErrorKind::kUnavailable);
}

TEST(DriftFile, ThatIsNoPlainFileIsRefused) {
  for (const char* path : {"/dev/zero", "/dev/full", "/"}) {
    const auto file = DriftFile::Read(path);
    ASSERT_FALSE(file) << path;
    EXPECT_NE(file.error().message.find("is no plain file"), std::string::npos) << path;
  }
}

TEST(DriftFile, DatesAreThoseOfTheClock) {
  EXPECT_EQ(DateOf(FromUnixMicros(1'767'225'600'000'000)), "2026-01-01T00:00:00Z");
  EXPECT_EQ(DateOf(FromUnixMicros(1'709'210'096'999'999)), "2024-02-29T12:34:56Z");
}

}  // namespace
}  // namespace kondor::live
