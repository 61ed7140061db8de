// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace infra::bench {

/// Wall times in milliseconds of one side of a comparison. One thread.
class Samples
{
public:
    /// Runs it and keeps how long it took; its own answer.
    template <typename Work>
    bool take(const Work &work)
    {
        const auto begin = std::chrono::steady_clock::now();
        const bool good = work();
        add(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        return good;
    }
    void add(double milliseconds) { m_times.push_back(milliseconds); }

    double quantile(double part) const
    {
        if (m_times.empty())
            return 0;
        std::vector<double> sorted = m_times;
        std::sort(sorted.begin(), sorted.end());
        return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(static_cast<double>(sorted.size()) * part))];
    }
    double median() const { return quantile(0.5); }
    /// The median as a counter of the benchmark.
    void tell(benchmark::State &state, const std::string &name) const { state.counters[name] = median(); }

private:
    std::vector<double> m_times;
};

} // namespace infra::bench
