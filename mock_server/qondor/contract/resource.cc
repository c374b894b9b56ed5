#include "mock_server/qondor/contract/resource.h"

namespace kondor::qondor {

std::optional<FieldIndex> Resource::FieldNamed(std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return static_cast<FieldIndex>(i);
  }
  return {};
}

const Link* Resource::LinkAt(FieldIndex field) const {
  for (const Link& link : links) {
    if (link.field == field && !link.elsewhere) return &link;
  }
  return nullptr;
}

const Source* Resource::SourceOf(std::string_view field) const {
  const auto found = sources.find(field);
  return found == sources.end() ? nullptr : found->second.get();
}

}  // namespace kondor::qondor
