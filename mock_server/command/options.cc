#include "mock_server/command/options.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/empty_flag.h"
#include "mock_server/control/control.h"
#include "mock_server/json/object_reader.h"
#include "mock_server/openapi/documents.h"
#include "mock_server/sandbox/settings_json.h"
#include "mock_server/secrets/redact.h"

namespace kondor::command {
namespace {

constexpr int kWrongUsage = 2;
constexpr std::int64_t kJournalBytesMax = std::int64_t{1} << 40;

// The flags as they were typed; empty or absent where they were not.
struct Flags {
  std::optional<std::string> host, port_file, seed_file, clock, log_format, log_level,
      control_token, config, print_openapi;
  std::optional<int> port;
  std::optional<std::int64_t> journal_bytes;
  std::vector<std::string> trusted, webhook_hosts, settings;
  bool no_request_id = false;
};

Unexpected Bad(std::string message) {
  return Unexpected(ErrorKind::kInvalidArgument, std::move(message));
}

Result<std::string> ReadFile(const std::string& path, std::string_view flag) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  std::error_code ignored;  // a folder opens, too, and then reads as empty
  if (!file.is_open() || std::filesystem::is_directory(path, ignored)) {
    return Bad(std::string(flag) + ": cannot read '" + path + "'; name a readable file");
  }
  return text.str();
}

// The config file's keys are the flags' names with '_' for '-'. A flag that was typed stays.
Result<void> ReadConfig(const std::string& path, Flags& flags, SettingChanges& settings) {
  const Result<std::string> text = ReadFile(path, "--config");
  if (!text) return Unexpected(text.error());
  const Result<Json> json = ParseJson(*text);
  if (!json) return Bad(path + ": " + json.error().message);
  ObjectReader reader(*json, "");
  const auto text_key = [&reader](std::string_view name, std::optional<std::string>& flag) {
    std::string value;
    if (reader.Text(name, value) && !flag) flag = value;
  };
  text_key("host", flags.host);
  text_key("port_file", flags.port_file);
  text_key("seed_file", flags.seed_file);
  text_key("clock", flags.clock);
  text_key("log_format", flags.log_format);
  text_key("log_level", flags.log_level);
  text_key("control_token", flags.control_token);
  std::int64_t port = 0, journal_bytes = 0;
  if (reader.Whole("port", port, 0, 65535) && !flags.port) flags.port = static_cast<int>(port);
  if (reader.Whole("journal_bytes", journal_bytes, 0, kJournalBytesMax) && !flags.journal_bytes) {
    flags.journal_bytes = journal_bytes;
  }
  bool no_request_id = false;
  if (reader.Flag("no_request_id", no_request_id)) flags.no_request_id |= no_request_id;
  const auto list_key = [&reader](std::string_view name, std::vector<std::string>& flag,
                                  const std::string& what) {
    const Json* list = reader.Array(name);
    for (const Json& item : list == nullptr ? Json::array() : *list) {
      if (item.is_string()) {
        flag.push_back(item.get<std::string>());
      } else {
        reader.Fail(name, "expected an array of " + what + " as text");
      }
    }
  };
  list_key("trust_forwarded_for", flags.trusted, "address ranges");
  list_key("webhook_allow", flags.webhook_hosts, "hosts");
  const Json* object = reader.Object("settings");
  if (Result<void> read = reader.Finish(); !read) return Bad(path + ": " + read.error().message);
  if (object == nullptr) return {};
  Result<SettingChanges> changes = ReadSettingChanges(*object, "/settings");
  if (!changes) return Bad(path + ": " + changes.error().message);
  settings = std::move(changes).value();
  return {};
}

Result<void> ReadSettingFlags(const Flags& flags, SettingChanges& settings) {
  for (const std::string& flag : flags.settings) {
    const std::size_t equals = flag.find('=');
    if (equals == std::string::npos) {
      return Bad("--set takes NAME=VALUE, such as kondado.window=gcra; got '" + flag + "'");
    }
    settings.emplace_back(flag.substr(0, equals), flag.substr(equals + 1));
  }
  return {};
}

// `value` must be one of two words; which one is told by the result.
Result<bool> IsSecond(std::string_view flag, const std::optional<std::string>& value,
                      std::string_view first, std::string_view second) {
  if (!value || *value == first) return false;
  if (*value == second) return true;
  return Bad(std::string(flag) + " cannot be '" + *value + "'; allowed: " + std::string(first) +
             ", " + std::string(second));
}

// An IPv6 address as URLs write it is welcome, too.
std::string WithoutBrackets(const std::string& host) {
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return bracketed ? host.substr(1, host.size() - 2) : host;
}

Result<Options> Resolve(Flags flags) {
  Options options;
  SettingChanges settings;
  if (flags.config) {
    if (Result<void> read = ReadConfig(*flags.config, flags, settings); !read) {
      return Unexpected(read.error());
    }
  }
  if (Result<void> read = ReadSettingFlags(flags, settings); !read) return Unexpected(read.error());
  const Result<bool> manual = IsSecond("--clock", flags.clock, "real", "manual");
  if (!manual) return Unexpected(manual.error());
  const Result<bool> json = IsSecond("--log-format", flags.log_format, "text", "json");
  if (!json) return Unexpected(json.error());
  const Result<LogLevel> level = ParseLogLevel(flags.log_level.value_or("info"));
  if (!level) return Unexpected(level.error());
  if (flags.control_token && flags.control_token->empty()) {
    return Bad("--control-token cannot be empty; leave it out on loopback");
  }
  if (flags.port && (*flags.port < 0 || *flags.port > 65535)) {
    return Bad("--port must be from 0 to 65535 (0: any free one)");
  }
  if (flags.journal_bytes &&
      (*flags.journal_bytes < 0 || *flags.journal_bytes > kJournalBytesMax)) {
    return Bad("--journal-bytes must be from 262144 to " + std::to_string(kJournalBytesMax));
  }
  for (const char c : flags.control_token.value_or("")) {
    if (c < 0x21 || c > 0x7e)
      return Bad("--control-token may hold printable ASCII only, no blanks");
  }
  if (flags.seed_file) {
    Result<std::string> text = ReadFile(*flags.seed_file, "--seed-file");
    if (!text) return Unexpected(text.error());
    if (text->empty()) return Bad("--seed-file: '" + *flags.seed_file + "' is empty");
    options.server.seed_json = std::move(text).value();
  }
  MockServerOptions& server = options.server;
  server.host = WithoutBrackets(flags.host.value_or("127.0.0.1"));
  server.port = flags.port.value_or(7070);
  server.settings = std::move(settings);
  server.clock = *manual ? DefaultClock::kManual : DefaultClock::kReal;
  server.trusted_proxies = std::move(flags.trusted);
  server.webhook_hosts = std::move(flags.webhook_hosts);
  server.control_token = flags.control_token.value_or("");
  if (flags.no_request_id) server.request_id = RequestIdHeader::kLeaveOut;
  if (flags.journal_bytes)
    server.journal_bytes_max = static_cast<std::size_t>(*flags.journal_bytes);
  options.port_file = flags.port_file.value_or("");
  options.log = {*json ? LogFormat::kJson : LogFormat::kText, *level};
  return options;
}

void DescribeFlags(CLI::App& app, Flags& flags) {
  app.add_option("--host", flags.host, "Address to listen on (127.0.0.1)");
  app.add_option("--port", flags.port, "Port to listen on; 0 takes any free one (7070)");
  app.add_option("--port-file", flags.port_file, "Write the port here once requests are answered");
  app.add_option("--config", flags.config, "JSON file with these flags as keys, '_' for '-'");
  app.add_option("--seed-file", flags.seed_file, "JSON file with what the accounts hold at first");
  app.add_option("--clock", flags.clock, "real or manual (real)");
  app.add_option("--log-format", flags.log_format, "text or json (text)");
  app.add_option("--log-level", flags.log_level,
                 "debug (each call), info, warn, error or off (info)");
  app.add_option("--trust-forwarded-for", flags.trusted,
                 "Address range of proxies whose X-Forwarded-For is believed; repeatable")
      ->allow_extra_args(false);
  app.add_option("--webhook-allow", flags.webhook_hosts,
                 "Host that Qondor's webhooks may call besides this machine; repeatable")
      ->allow_extra_args(false);
  app.add_option("--control-token", flags.control_token,
                 "Asked of callers of /_kondor; required when --host is not loopback")
      ->envname("KONDOR_CONTROL_TOKEN");
  app.add_option("--set", flags.settings,
                 "A setting of new sandboxes, e.g. kondado.window=gcra; repeatable")
      ->allow_extra_args(false);
  app.add_option("--journal-bytes", flags.journal_bytes,
                 "Memory for each sandbox's journal (16777216)");
  app.add_option("--print-openapi", flags.print_openapi,
                 "Print the OpenAPI document of kondado or qondor, and end");
  app.add_flag("--no-request-id", flags.no_request_id, "Leave out the header Kondor-Request-Id");
}

// The library's messages may span lines; ours are one line that says the mend, without the secrets
// that somebody may have typed in the wrong place.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return secrets::RedactText(text);
}

}  // namespace

Parsed ParseOptions(int argc, const char* const* argv) {
  if (const auto empty = FindEmptyFlag({argv, argv + argc})) {
    return {Exit{kWrongUsage, "", OneLine("kondor-mock: " + *empty)}, {}};
  }
  Flags flags;
  CLI::App app("kondor-mock: a mock of Kondado's and Qondor's APIs on its own clock",
               "kondor-mock");
  app.set_version_flag("--version", "kondor-mock " + std::string(kVersion));
  DescribeFlags(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {  // --help, --version
    std::ostringstream out, error;
    app.exit(done, out, error);
    return {Exit{0, out.str(), ""}, {}};
  } catch (const CLI::ParseError& fault) {
    return {Exit{kWrongUsage, "",
                 OneLine("kondor-mock: " + std::string(fault.what()) + "; --help lists the flags")},
            {}};
  }
  if (flags.print_openapi) {
    const std::string* document = openapi::FindDocument(*flags.print_openapi);
    if (document != nullptr) return {Exit{0, *document, ""}, {}};
    return {Exit{kWrongUsage, "", "kondor-mock: --print-openapi takes kondado or qondor"}, {}};
  }
  Result<Options> options = Resolve(std::move(flags));
  if (!options)
    return {Exit{kWrongUsage, "", OneLine("kondor-mock: " + options.error().message)}, {}};
  return {std::nullopt, std::move(options).value()};
}

}  // namespace kondor::command
