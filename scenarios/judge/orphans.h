// Processes that a program left when it ended: those of its group, and those that went into a group
// or session of their own.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kondor::judge {

// Whether a process of that group is alive. Takes note of its dead, if they are ours.
bool IsGroupAlive(pid_t group);

// Whose the orphans are that do not bear their run's mark.
enum class Unmarked { kOurs, kSomebodys };

// Living processes, other than those in `group`, that came to be children of this process and whose
// environment has `mark`, a whole "NAME=VALUE"; kOurs: whatever their environment. With
// AdoptOrphans(), daemons come to be that.
std::vector<pid_t> FindAdopted(const std::string& mark, pid_t group, Unmarked unmarked);

}  // namespace kondor::judge
