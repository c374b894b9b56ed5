// C++ source without what only people read: comments, and the insides of literals; and how
// to find a word in it.
#pragma once

#include <string>
#include <string_view>

namespace kondor::floor_plan {

// `text` with every character of a comment, and of a string or character literal between its
// quotes, replaced by a blank. Line breaks stay, so line numbers and columns do too.
std::string BlankCommentsAndLiterals(std::string_view text);

// Whether `word` stands in `text` on its own: not as a part of a longer name.
bool HoldsWord(std::string_view text, std::string_view word);

}  // namespace kondor::floor_plan
