#include "mock_server/qondor/backend/after_write.h"

#include <array>
#include <cstdlib>
#include <string>
#include <utility>

#include "mock_server/qondor/backend/event.h"

namespace kondor::qondor {
namespace {

// One entity whose fields are read and written by name.
class Handle {
 public:
  Handle(Store& store, const Resource& resource, std::int64_t id)
      : store_(store), resource_(resource), entity_(store.TableOf(resource).Find(id)) {}

  explicit operator bool() const { return entity_ != nullptr; }
  std::int32_t id() const { return entity_->id; }
  const Resource& resource() const { return resource_; }
  Scalar Get(std::string_view name) const {
    return store_.TableOf(resource_).ValueOf(*entity_, Field(name));
  }
  void Set(std::string_view name, const Scalar& value) {
    store_.TableOf(resource_).Set(*entity_, Field(name), value);
  }
  void SetNow(std::string_view name, std::int64_t now) {
    Set(name, NowFor(resource_.fields[Field(name)], now));
  }
  // Through a link; nothing when that is open.
  Handle Behind(std::string_view link) const {
    const Scalar id = Get(link);
    return {store_, *resource_.fields[Field(link)].to, id.is_null() ? -1 : id.whole};
  }

 private:
  FieldIndex Field(std::string_view name) const {
    const auto field = resource_.FieldNamed(name);
    if (!field) std::abort();  // api.json and this file disagree; every test of them says so
    return *field;
  }

  Store& store_;
  const Resource& resource_;
  Entity* entity_;
};

Scalar Before(const Written& written, std::string_view name) {
  return written.before == nullptr ? Scalar{}
                                   : written.before->Get(*written.resource.FieldNamed(name));
}

enum OfferStatus : std::int64_t { kSent = 2, kConfirmed = 3, kDeclined = 4 };
enum ProjectStatus : std::int64_t { kPending = 1, kProjectConfirmed = 2 };

// At most one offer of a project is its main one.
void KeepOneMainOffer(const Written& written, Handle& offer, Handle& project) {
  const bool is_main = offer.Get("isMainOffer").is_true();
  const Scalar main = project.Get("mainOfferId");
  if (!is_main) {
    if (main == Scalar::Int(offer.id())) project.Set("mainOfferId", {});
    return;
  }
  if (!main.is_null() && main.whole != offer.id()) {
    Handle former(written.store, offer.resource(), main.whole);
    if (former) former.Set("isMainOffer", {});
  }
  project.Set("mainOfferId", Scalar::Int(offer.id()));
}

// Q17: an offer that becomes sent or answered is told of.
void OfferWritten(const Written& written) {
  Handle offer(written.store, written.resource, written.id);
  Handle project = offer.Behind("projectId");
  if (!project) return;
  KeepOneMainOffer(written, offer, project);
  const Scalar status = offer.Get("status");
  if (status == Before(written, "status")) return;
  if (status.whole == kSent) {
    offer.SetNow("lastSentUtc", written.now);
    offer.Set("isPublished", Scalar::Bool(true));
    if (project.Get("firstOfferSentDate").is_null()) {
      project.SetNow("firstOfferSentDate", written.now);
    }
    written.notices.push_back({kOfferSent, written.id});
  } else if (status.whole == kConfirmed || status.whole == kDeclined) {
    written.notices.push_back({kOfferAnswered, written.id});
  }
  if (status.whole == kConfirmed && project.Get("status").whole == kPending) {
    project.Set("status", Scalar::Int(kProjectConfirmed));
    project.SetNow("confirmationDate", written.now);
    project.SetNow("settingsLastEditedDate", written.now);
  }
}

using AfterHandler = void (*)(const Written&);
constexpr std::array<std::pair<std::string_view, AfterHandler>, 1> kAfterHandlers = {{
    {"offer", &OfferWritten},
}};

}  // namespace

bool IsAfterWrite(std::string_view name) {
  for (const auto& [known, handler] : kAfterHandlers) {
    if (known == name) return true;
  }
  return false;
}

void AfterWrite(const Written& written) {
  for (const auto& [name, handler] : kAfterHandlers) {
    if (name == written.resource.after_write) handler(written);
  }
}

}  // namespace kondor::qondor
