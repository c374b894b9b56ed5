// The files that travel inside the binary: docs/openapi/kondado.json and qondor_examples.json.
// Thread-safe: pure functions.
#pragma once

#include <string>

namespace kondor::openapi {

std::string KondadoText();
std::string QondorExamplesText();

}  // namespace kondor::openapi
