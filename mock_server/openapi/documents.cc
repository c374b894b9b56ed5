#include "mock_server/openapi/documents.h"

#include "mock_server/openapi/qondor_document.h"
#include "mock_server/openapi/texts.h"

namespace kondor::openapi {

const std::string& KondadoDocument() {
  static const std::string text = KondadoText();
  return text;
}

const std::string& QondorDocument() {
  static const std::string text = PrettyJson(MakeQondorDocument()) + "\n";
  return text;
}

const std::string* FindDocument(std::string_view name) {
  if (name == "kondado") return &KondadoDocument();
  if (name == "qondor") return &QondorDocument();
  return nullptr;
}

}  // namespace kondor::openapi
