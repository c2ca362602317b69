// Tell Amazon that a parcel is on its way: before ship-by, exactly once, never before it has left.
//
// Safe to repeat: the package reference is our parcel's id, so Amazon sees the same package again, not a second one. A run that finds
// that an earlier one asked and got no answer reads the order back first.
#pragma once

#include "app/jobs.hpp"

namespace zifa {

Result<Done> run_confirm_shipment(Services& services, JobRun& run);
Result<Done> confirmation_given_up(Tx& tx, const Job& job, const Error& error, Instant now);

// The parcel stands with this number in a confirmation file that was handed out: confirmed at that moment. A number that was corrected
// since stays due.
Result<Done> confirmed_by_file(Tx& tx, ParcelId parcel, std::string_view tracking_number, std::string_view actor, Instant now);

// Somebody looked at Amazon and saw our package there: confirmed since the moment it was first asked for.
Result<Done> confirmed_by_person(Tx& tx, ParcelId parcel, std::string_view actor, Instant now);

// Nobody knows whether Amazon took it: a person has to look.
Result<Done> confirmation_unsure(Tx& tx, const Job& job, const Error& error, Instant now);

// What is sent for a parcel; also the line of the confirmation file. Refuses `confirmation.no_number`, `confirmation.not_left`.
Result<ShipmentConfirmation> confirmation_of(Tx& tx, const Parcel& parcel);

}  // namespace zifa
