#include "tests/scenarios/small_suite.h"

#include <gtest/gtest.h>

namespace kondor::scenarios {

const Dictionary& HouseDictionary() {
  static const Dictionary dictionary =
      ReadDictionary(EmbeddedDictionary(), "dictionary.json").value();
  return dictionary;
}

const Suite& HouseSuite() {
  static const Suite suite = LoadSuite(EmbeddedDictionary(), EmbeddedCases()).value();
  return suite;
}

CaseFile FileOf(const std::string& scenarios) {
  return {"t.json", "{\"about\": \"test\", \"scenarios\": [" + scenarios + "]}"};
}

CaseFile FileOfSteps(const std::string& steps, const std::string& fields) {
  return FileOf("{\"name\": \"It holds\", \"rules\": [\"K9\"], " + fields + "\"steps\": [" + steps +
                "]}");
}

std::vector<Instance> Loaded(const CaseFile& file) {
  const Result<std::vector<Instance>> instances = LoadCases(file, HouseDictionary());
  EXPECT_TRUE(instances.has_value()) << (instances ? "" : instances.error().message);
  return instances ? *instances : std::vector<Instance>{};
}

std::string FaultsOf(const CaseFile& file) {
  const Result<std::vector<Instance>> instances = LoadCases(file, HouseDictionary());
  return instances ? "" : instances.error().message;
}

}  // namespace kondor::scenarios
