#include "mock_server/qondor/backend/find.h"

#include <algorithm>

#include "mock_server/qondor/backend/blame.h"

namespace kondor::qondor {
namespace {

// By what the call names an entity. What is also written down names it only when nothing else does.
Names SentNames(const std::vector<Effect::Find>& finds, const Input& input) {
  Names names;
  bool is_named = false;
  for (const Effect::Find& find : finds) {
    const Scalar value = input.ValueOf(find.param);
    if (!IsName(value) || (find.is_stored && is_named)) continue;
    names.push_back({find.param, find.field, value});
    is_named = is_named || !find.is_stored;
  }
  return names;
}

Hints OpenNames(const std::vector<Effect::Find>& finds, const Input& input) {
  Hints hints;
  for (const Effect::Find& find : finds) {
    if (!find.is_stored && !IsName(input.ValueOf(find.param))) {
      hints.push_back(find.param->pascal_name);
    }
  }
  return hints;
}

bool AreStored(const std::vector<Effect::Find>& finds) {
  return std::any_of(finds.begin(), finds.end(), [](const auto& find) { return find.is_stored; });
}

bool HasName(Seen entity, const Name& name) {
  if (name.field == kIdField) return name.value.whole == entity.entity->id;
  return entity.table->Same(name.field, entity.entity->record.Get(name.field), name.value);
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
    if (table.Same(field, entity->record.Get(field), value)) visit(Seen{&table, entity});
  }
}

// What there is to a call's names among the entities that count.
struct Tally {
  int first = 0;              // have the first name
  int all = 0;                // and all the others
  Seen found;                 // one of these
  const Name* odd = nullptr;  // that one that has the first name lacks
};

// REQUIRES: a name.
template <typename Counts>
Tally TallyOf(const Store& store, const Resource& resource, const Names& names,
              const Counts& counts) {
  Tally tally;
  ForEachWith(store, resource, names.front().field, names.front().value, [&](Seen entity) {
    if (!counts(entity)) return;
    ++tally.first;
    const auto odd = std::find_if(names.begin() + 1, names.end(),
                                  [&](const Name& name) { return !HasName(entity, name); });
    if (odd != names.end()) {
      tally.odd = &*odd;
      return;
    }
    ++tally.all;
    tally.found = entity;
  });
  return tally;
}

}  // namespace

bool IsName(const Scalar& value) {
  return !value.is_null() && !(value.is_text() && IsBlank(value.text));
}

std::string EitherOf(const std::vector<std::string>& words) {
  std::string text = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    text += (i + 1 == words.size() ? " or " : ", ") + words[i];
  }
  return text;
}

void Finder::AddWithin(const Effect& effect, const Input& input, Hints& hints) {
  for (const Effect::Condition& within : effect.within) {
    if (!IsName(input.ValueOf(within.param))) hints.push_back(within.param->pascal_name);
  }
}

bool HasFixed(Seen entity, const std::vector<Effect::Fixed>& fixed) {
  return std::all_of(fixed.begin(), fixed.end(), [&](const Effect::Fixed& one) {
    return std::any_of(fixed.begin(), fixed.end(), [&](const Effect::Fixed& other) {
      return other.field == one.field && entity.Get(other.field) == other.value;
    });
  });
}

Seen Finder::One(const Effect& effect, const Input& input, Verdict& verdict) {
  Names names = SentNames(effect.find, input);
  if (names.empty()) {
    verdict.Require("", effect.find.front().param->pascal_name);
    return {};
  }
  const auto fits = [&](Seen entity) { return Fits(effect, input, entity); };
  if (names.size() > 1 && AreStored(effect.find)) {
    // Those that nobody has are new ones.
    const auto known = std::stable_partition(names.begin(), names.end(), [&](const Name& name) {
      return TallyOf(store_, *effect.resource, {name}, fits).first != 0;
    });
    names.erase(std::max(known, names.begin() + 1), names.end());
  }
  const Tally tally = TallyOf(store_, *effect.resource, names, fits);
  if (tally.all == 1) return tally.found;
  if (tally.first == 0 && !effect.unknown_breaks_rule) {
    verdict.is_unknown = true;
    verdict.looked_up = LookedUp(names.front(), effect, input);
  } else {
    Hints hints = OpenNames(effect.find, input);
    AddWithin(effect, input, hints);
    Refuse(*effect.resource, names, tally.first, tally.all == 0 ? tally.odd : nullptr, "", hints,
           verdict);
  }
  return {};
}

// `first`: how many have the first name; `odd`: another one that none of them has.
void Finder::Refuse(const Resource& resource, const Names& names, int first, const Name* odd,
                    const std::string& place, const Hints& hints, Verdict& verdict) const {
  const std::string& name = names.front().param->pascal_name;
  if (first == 0) {
    verdict.broken.Add(place + name, "This " + name + " does not exist.");
  } else if (odd == nullptr) {
    verdict.broken.Add(place + name, "More than one has this " + name + "; " +
                                         (hints.empty() ? std::string("name it by its id.")
                                                        : "add " + EitherOf(hints) + "."));
  } else {
    const std::string& other = odd->param->pascal_name;
    verdict.broken.Add(place + other,
                       Exists(resource, *odd)
                           ? "This " + other + " names another one than " + name + " does."
                           : "This " + other + " does not exist.");
  }
}

bool Finder::Exists(const Resource& resource, const Name& name) const {
  bool exists = false;
  ForEachWith(store_, resource, name.field, name.value, [&](Seen) { exists = true; });
  return exists;
}

bool Finder::Fits(const Effect& effect, const Input& input, Seen entity) {
  if (!HasFixed(entity, effect.only)) return false;
  return std::all_of(effect.within.begin(), effect.within.end(), [&](const auto& within) {
    const Scalar wanted = input.ValueOf(within.param);
    return !IsName(wanted) || values_.Value(*within.source, entity) == wanted;
  });
}

Seen Finder::Named(const Resource& resource, const Names& names, const Suits& suits,
                   const std::string& place, const Hints& hints, Verdict& verdict) {
  const Tally tally = TallyOf(store_, resource, names, [](Seen) { return true; });
  if (tally.all == 1) return tally.found;
  if (tally.all > 1) {
    const Tally suiting = TallyOf(store_, resource, names, suits);
    if (suiting.all == 1) return suiting.found;
    if (suiting.all == 0) {
      const std::string& name = names.front().param->pascal_name;
      verdict.broken.Add(place + name,
                         "None that has this " + name + " is of what else the call names.");
      return {};
    }
  }
  Refuse(resource, names, tally.first, tally.all == 0 ? tally.odd : nullptr, place, hints, verdict);
  return {};
}

// Under which entity a list is.
Seen Finder::Top(const Effect& effect, const Input& input, Verdict& verdict) {
  const Names names = SentNames(effect.under_find, input);
  if (names.empty()) {
    verdict.Require("", effect.under_find.front().param->pascal_name);
    return {};
  }
  Verdict at_odds;
  const Seen top = Named(
      *effect.under.back().to, names, [](Seen) { return true; }, "",
      OpenNames(effect.under_find, input), at_odds);
  if (top) return top;
  verdict.is_unknown = !Exists(*effect.under.back().to, names.front());
  if (!verdict.is_unknown) verdict.broken = at_odds.broken;
  if (verdict.is_unknown) verdict.looked_up = names.front().param->name;
  return {};
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
    const Seen top = Top(effect, input, verdict);
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
