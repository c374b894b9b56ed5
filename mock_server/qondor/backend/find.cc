#include "mock_server/qondor/backend/find.h"

#include <algorithm>

namespace kondor::qondor {
namespace {

void Require(const Field& field, Verdict& verdict) {
  verdict.invalid.Add(field.pascal_name, "The " + field.pascal_name + " field is required.");
}

// An empty text names nothing.
bool Names(const Scalar& value) {
  return !value.is_null() && !(value.is_text() && value.text.empty());
}

const Effect::Find* FirstSent(const std::vector<Effect::Find>& finds, const Input& input) {
  for (const Effect::Find& find : finds) {
    if (Names(input.ValueOf(find.param))) return &find;
  }
  return nullptr;
}

bool IsIn(const Scalar& value, const Input::Item& wanted) {
  if (!wanted.is_list) return wanted.is_null() || value == wanted.Value();
  return std::find(wanted.words.begin(), wanted.words.end(), value) != wanted.words.end();
}

// Calls visit(Seen) for each entity of `resource` whose `field` has that value.
template <typename Visit>
void ForEachWith(const Store& store, const Resource& resource, FieldIndex field,
                 const Scalar& value, const Visit& visit) {
  const Table& table = store.TableOf(resource);
  if (field == kIdField) {
    if (const Entity* entity = table.Find(value.whole)) visit(Seen{&table, entity});
    return;
  }
  const Table::Found* candidates = table.Candidates(field, value);
  if (candidates == nullptr) return;
  for (const Entity* entity : *candidates) {
    if (entity->record.Get(field) == value) visit(Seen{&table, entity});
  }
}

}  // namespace

bool HasFixed(Seen entity, const std::vector<Effect::Fixed>& fixed) {
  return std::all_of(fixed.begin(), fixed.end(), [&](const Effect::Fixed& one) {
    return std::any_of(fixed.begin(), fixed.end(), [&](const Effect::Fixed& other) {
      return other.field == one.field && entity.Get(other.field) == other.value;
    });
  });
}

Seen Finder::One(const Effect& effect, const Input& input, Verdict& verdict) {
  const Effect::Find* by = FirstSent(effect.find, input);
  if (by == nullptr) {
    Require(*effect.find.front().param, verdict);
    return {};
  }
  Seen found;
  int count = 0;
  ForEachWith(store_, *effect.resource, by->field, input.ValueOf(by->param), [&](Seen entity) {
    if (!Fits(effect, input, entity)) return;
    ++count;
    found = entity;
  });
  if (count == 1) return found;
  const std::string& name = by->param->pascal_name;
  if (count > 1) {
    verdict.broken.Add(name, "More than one has this " + name + ".");
  } else if (effect.unknown_breaks_rule) {
    verdict.broken.Add(name, "This " + name + " does not exist.");
  } else {
    verdict.is_unknown = true;
  }
  return {};
}

bool Finder::Fits(const Effect& effect, const Input& input, Seen entity) {
  if (!HasFixed(entity, effect.only)) return false;
  return std::all_of(effect.within.begin(), effect.within.end(), [&](const auto& within) {
    const Scalar wanted = input.ValueOf(within.param);
    return !Names(wanted) || values_.Value(*within.source, entity) == wanted;
  });
}

Seen Finder::Named(const Resource& resource, FieldIndex field, const Scalar& value,
                   const std::string& name, Verdict& verdict) {
  Seen found;
  int count = 0;
  ForEachWith(store_, resource, field, value, [&](Seen entity) {
    ++count;
    found = entity;
  });
  const std::string field_name = name.substr(name.rfind('.') + 1);  // without "Prices[0]."
  if (count == 0) verdict.broken.Add(name, "This " + field_name + " does not exist.");
  if (count > 1) verdict.broken.Add(name, "More than one has this " + field_name + ".");
  return count == 1 ? found : Seen{};
}

std::vector<const Entity*> Finder::List(const Effect& effect, const Input& input,
                                        Verdict& verdict) {
  std::vector<const Entity*> list;
  const Table& table = store_.TableOf(*effect.resource);
  if (effect.under.empty()) {
    list.reserve(table.size());
    for (const Entity* entity = table.first(); entity != nullptr; entity = entity->next) {
      list.push_back(entity);
    }
  } else {
    const Effect::Find* by = FirstSent(effect.under_find, input);
    if (by == nullptr) {
      Require(*effect.under_find.front().param, verdict);
      return {};
    }
    Verdict unknown;
    const Seen top = Named(*effect.under.back().to, by->field, input.ValueOf(by->param),
                           by->param->pascal_name, unknown);
    verdict.is_unknown = !top;
    if (top) Descend(effect, effect.under.size() - 1, top.entity->id, list);
    if (effect.under.size() > 1) {
      std::sort(list.begin(), list.end(),
                [](const Entity* a, const Entity* b) { return a->id < b->id; });
    }
  }
  const auto is_out = [&](const Entity* entity) {
    const Seen seen{&table, entity};
    if (!HasFixed(seen, effect.only) || !IsLate(effect, input, seen)) return true;
    return !std::all_of(effect.where.begin(), effect.where.end(), [&](const auto& where) {
      const Input::Item* wanted = input.Find(where.param);
      return wanted == nullptr || IsIn(values_.Value(*where.source, seen), *wanted);
    });
  };
  list.erase(std::remove_if(list.begin(), list.end(), is_out), list.end());
  return list;
}

void Finder::Descend(const Effect& effect, std::size_t hop, std::int32_t parent,
                     std::vector<const Entity*>& out) const {
  const Resource& children = hop == 0 ? *effect.resource : *effect.under[hop - 1].to;
  store_.ForEachChild(children, effect.under[hop].link, parent, [&](const Entity& child) {
    if (hop == 0) {
      out.push_back(&child);
    } else {
      Descend(effect, hop - 1, child.id, out);
    }
  });
}

bool Finder::IsLate(const Effect& effect, const Input& input, Seen entity) {
  for (const auto& since : effect.since) {
    const Scalar date = input.ValueOf(since.param);
    if (date.is_null()) continue;
    const Scalar own = values_.Value(*since.source, entity);
    if (own.is_null() || own.whole < date.whole) return false;
  }
  for (const auto& after : effect.after) {
    const Scalar date = input.ValueOf(after.param);
    if (date.is_null()) continue;
    const auto is_later = [&](const Source& source) {
      const Scalar own = values_.Value(source, entity);
      return !own.is_null() && own.whole > date.whole;
    };
    const bool late =
        is_later(*after.source) ||
        std::any_of(effect.or_after.begin(), effect.or_after.end(), [&](const auto& other) {
          return input.ValueOf(other.param).is_true() && is_later(*other.source);
        });
    if (!late) return false;
  }
  return true;
}

}  // namespace kondor::qondor
