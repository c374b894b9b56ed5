#include "mock_server/qondor/backend/backend.h"

#include <utility>

#include "mock_server/qondor/backend/blame.h"
#include "mock_server/qondor/backend/json_text.h"
#include "mock_server/qondor/backend/problem.h"
#include "mock_server/qondor/backend/read_body.h"
#include "mock_server/qondor/backend/read_query.h"
#include "mock_server/qondor/backend/render.h"
#include "mock_server/qondor/backend/writer.h"

namespace kondor::qondor {
namespace {

BackendAnswer Refuse(const Verdict& verdict, UnknownId reading) {
  BackendAnswer answer;
  answer.outcome = Outcome::kFailed;
  answer.about = Blamed(verdict);
  if (!verdict.invalid.empty()) {
    answer.code = "VALIDATION";
    answer.response = ValidationProblem(verdict.invalid);
  } else if (verdict.is_unknown) {
    answer.code = "NOT_FOUND";
    answer.response = NotFoundProblem(reading);
  } else {
    answer.code = "BUSINESS_RULE";
    answer.response = RuleProblem(verdict.broken);
  }
  return answer;
}

BackendAnswer Accept(std::string body) {
  BackendAnswer answer;
  // Q12: changes and deletions answer 200 with nothing in it.
  if (!body.empty()) answer.response.content_type = kJsonType;
  answer.response.body = std::move(body);
  return answer;
}

std::vector<bool> ShownFields(const Effect& effect, const Input& input) {
  std::vector<bool> shown;
  for (const auto& [flag, name] : effect.include) shown.push_back(input.ValueOf(flag).is_true());
  return shown;
}

Event EventOf(const Notice& notice, const Store& store, const Contract& contract) {
  const Plan& plan = Plans::Get().OfEvent(notice.topic);
  std::string text;
  Renderer(store, contract).Append(text, plan, store.Find(*plan.resource, notice.id));
  return {notice.topic, Json::parse(text, nullptr, /*allow_exceptions=*/false)};
}

std::int64_t Micros(TimePoint now) { return ToUnixMicros(now); }

std::unique_ptr<Store> NewStore(const BackendSeed& seed, Environment environment) {
  auto store = std::make_unique<Store>(Contract::Get());
  Fill(*store, seed, environment);
  return store;
}

}  // namespace

Backend::Backend(Environment environment, std::shared_ptr<const BackendSeed> seed)
    : environment_(environment),
      seed_(seed == nullptr ? DefaultBackendSeed() : std::move(seed)),
      store_(NewStore(*seed_, environment_)) {}

void Backend::Reset() {
  std::unique_ptr<Store> fresh = NewStore(*seed_, environment_);
  {
    const WriterLock lock(mutex_);
    store_.swap(fresh);
  }
  // What was there is freed with the lock gone.
}

BackendAnswer Backend::Answer(const Route& route, const http::Query& query,
                              const http::Request& request, TimePoint now,
                              const QondorSettings& settings) {
  const Operation& operation = *route.operation;
  Verdict verdict;
  const Input input = operation.request == nullptr
                          ? ReadQuery(route, query, verdict.invalid)
                          : ReadBody(request.body, *operation.request, verdict.invalid);
  if (!verdict.ok()) return Refuse(verdict, settings.unknown_id);
  const bool reads =
      operation.does.action == Action::kGet || operation.does.action == Action::kList;
  return reads ? Read(operation, input, settings.unknown_id)
               : Write(operation, input, now, settings.unknown_id);
}

BackendAnswer Backend::Read(const Operation& operation, const Input& input,
                            UnknownId reading) const {
  const Contract& contract = Contract::Get();
  const Plan& plan = Plans::Get().Of(operation);
  Verdict verdict;
  std::string body;
  const ReaderLock lock(mutex_);
  Finder finder(*store_, contract);
  Renderer renderer(*store_, contract);
  renderer.Show(ShownFields(operation.does, input));
  if (operation.does.action == Action::kGet) {
    const Seen found = finder.One(operation.does, input, verdict);
    if (found) renderer.Append(body, plan, found);
  } else {
    const Table& table = store_->TableOf(*operation.does.resource);
    body += '[';
    for (const Entity* entity : finder.List(operation.does, input, verdict)) {
      if (body.size() > 1) body += ',';
      renderer.Append(body, plan, {&table, entity});
    }
    body += ']';
  }
  return verdict.ok() ? Accept(std::move(body)) : Refuse(verdict, reading);
}

BackendAnswer Backend::Write(const Operation& operation, const Input& input, TimePoint now,
                             UnknownId reading) {
  const Contract& contract = Contract::Get();
  Verdict verdict;
  std::string body;
  std::vector<Event> events;
  {
    const WriterLock lock(mutex_);
    Writer writer(*store_, contract, Micros(now));
    Seen written;
    switch (operation.does.action) {
      case Action::kCreate:
        written = writer.Create(operation, input, verdict);
        break;
      case Action::kUpdate:
        written = writer.Update(operation, input, verdict);
        break;
      case Action::kDelete:
        written = writer.Delete(operation, input, verdict);
        break;
      default:
        written = writer.Relate(operation, input, verdict);
        break;
    }
    if (written && operation.response != nullptr) {
      Renderer(*store_, contract).Append(body, Plans::Get().Of(operation), written);
    }
    for (const Notice& notice : writer.notices()) {
      events.push_back(EventOf(notice, *store_, contract));
    }
  }
  if (!verdict.ok()) return Refuse(verdict, reading);
  BackendAnswer answer = Accept(std::move(body));
  answer.events = std::move(events);
  return answer;
}

std::optional<Event> Backend::CommentOnOffer(std::int64_t offer_id, std::string_view text,
                                             TimePoint now) {
  const Contract& contract = Contract::Get();
  const Resource& offers = *Plans::Get().OfEvent(kOfferComment).resource;
  const WriterLock lock(mutex_);
  Table& table = store_->TableOf(offers);
  Entity* offer = table.Find(offer_id);
  if (offer == nullptr) return {};
  const FieldIndex commented_on = *offers.FieldNamed("commentedOn");
  table.Set(*offer, commented_on, NowFor(offers.fields[commented_on], Micros(now)));
  table.Set(*offer, *offers.FieldNamed("commentText"), Scalar::Text(text));
  return EventOf({kOfferComment, offer->id}, *store_, contract);
}

std::string Backend::Dump() const {
  std::string out;
  const ReaderLock lock(mutex_);
  for (const Table& table : store_->tables()) {
    const Resource& resource = table.resource();
    for (const Entity* entity = table.first(); entity != nullptr; entity = entity->next) {
      out += resource.name;
      out += ' ';
      AppendScalar(out, Scalar::Int(entity->id));
      for (const Cell& cell : entity->record.cells()) {
        out += ' ';
        out += resource.fields[cell.field()].name;
        out += '=';
        AppendScalar(out, cell.value());
      }
      out += '\n';
    }
    AppendScalar(out, Scalar::Int(table.NextId()));
    out += " is next\n";
  }
  return out;
}

std::size_t Backend::bytes() const {
  const ReaderLock lock(mutex_);
  return sizeof(*this) + store_->bytes();
}

}  // namespace kondor::qondor
