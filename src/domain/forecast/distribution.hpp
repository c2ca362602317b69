// Quantiles of the distributions that demand follows: counts with more spread than chance alone, and amounts.
#pragma once

#include <span>

namespace zifa::forecast {

// The standard normal distribution's quantile; `level` strictly between 0 and 1.
double normal_quantile(double level);

// Quantiles, at rising `levels`, of a negative binomial distribution (counts; Poisson where the variance is not above the mean).
// Above a mean of 60 the gamma distribution with the same two moments stands in: the steps of one no longer matter there.
void count_quantiles(double mean, double variance, std::span<const double> levels, double* into);

// Quantiles, at rising `levels`, of a gamma distribution with this mean and variance: never negative, skewed where spread is large.
void amount_quantiles(double mean, double variance, std::span<const double> levels, double* into);

}  // namespace zifa::forecast
