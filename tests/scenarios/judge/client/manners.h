// How a client behaves. The defaults are right; each bug is one of them changed. Plain values.
#pragma once

#include <string>

#include "base/clock.h"

namespace kondor::judge_client {

enum class OnRefusal { kWait, kAtOnce, kBackOff, kSkip, kGiveUp, kTakeForData };
enum class OnFault { kBackOff, kAtOnce, kGiveUp, kTakeForData };
enum class OnDead { kStop, kStopAsIfWell, kGoOn, kTakeForData };
enum class Pacing { kWindows, kNone, kFixedMinute, kSlow };
enum class Place { kQuery, kHeaders, kPath, kNowhere };
enum class Budget { kShared, kOnePerWorker };
enum class Ending { kNormal, kFailure, kCrash, kNever, kNeverWhateverIsSaid };
enum class LeftBehind { kNothing, kChild, kDaemon };

struct Manners {
  // Limits it believes in.
  int per_second = 1, per_minute = 20;
  int per_minute_bonus = 0;  // calls it takes too many
  Duration minute = std::chrono::seconds(60);
  Duration margin = std::chrono::milliseconds(100);
  Pacing pacing = Pacing::kWindows;
  Duration idle_after_first{};
  int workers = 1;
  Budget budget = Budget::kShared;

  OnRefusal on_refusal = OnRefusal::kWait;
  double wait_share = 1;  // of what a refusal asks for
  OnFault on_fault = OnFault::kBackOff;
  OnDead on_dead = OnDead::kStop;
  Duration timeout = std::chrono::seconds(30);

  Place place = Place::kQuery;
  std::string extra_header = {};  // "User-Agent: x/$TOKEN"
  std::string say = {};           // on stderr, at the start
  std::string note = {};          // a further field in each line of output
  bool writes_output = true;
  bool remembers_credentials = false;  // in a file beside its output, for the next start
  bool mixes_up_ids = false;
  bool heeds_speed = true;
  bool starts_a_helper = false;  // a process that it waits for

  bool reposts = false;       // a run whose answer it did not get
  bool queues_twice = false;  // a run, although it was answered
  bool knows_second_key = true;
  bool key_in_query = false;
  LeftBehind leaves = LeftBehind::kNothing;
  Ending ending = Ending::kNormal;
};

// The named behaviour; exits with 2 when there is none of that name.
Manners MannersOf(const std::string& name);

}  // namespace kondor::judge_client
