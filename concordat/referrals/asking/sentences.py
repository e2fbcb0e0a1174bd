"""What the database refuses here, in words: for the race that a rule has lost. By the name of the constraint."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "worker_without_conflict": _("This worker has declared a conflict of interest with this case."),
    "worker_is_cleared": _("This worker is not cleared as the terms ask."),
    "worker_is_trained": _("This worker has not done a course that the terms ask for."),
    "worker_is_trained_for_children": _(
        "The rules for children apply to this case: the worker needs a course in safeguarding."
    ),
    "assignment_is_made_once": _("This worker is already assigned."),
    "assignment_stays_ended": _("This assignment has ended. Assign the worker again."),
    "conflict_is_declared_once": _("This conflict of interest is already declared."),
    "service_place_has_terms_in_force": _("No terms are in force for this service at this place."),
    "service_is_offered_once_at_a_place": _("This place is already named."),
    "service_declares_its_target": _("Say what the service is about."),
    "service_declares_its_method": _("Say which method you use and why it should help."),
    "referral_stands_as_sent": _("This referral was sent. It stands as it was checked."),
    "referral_names_where_the_person_is": _("The person is at another place now. Save the draft again."),
    "referral_is_to_a_service_offered": _("This service is not offered there for this need."),
    "referral_terms_are_in_force": _("The terms of this service are not in force at this place."),
    "referral_is_checked_before_it_is_sent": _("Name who checked the text, and when."),
    "referral_has_a_text_when_sent": _("Write what the provider will read."),
    "referral_asks_for_one_to_five_outcomes": _("Name one to five outcomes that you and the person hope for."),
    "referral_reference_is_unique_to_its_owner": _("Please save the referral once more: its number was taken."),
    "answer_is_from_whom_was_asked": _("Only the organisation that was asked answers this referral."),
    "referrals_answer_referral_id_key": _("This referral is already acknowledged."),
    "answer_is_given_once": _("This referral is already answered."),
    "answer_joins_the_case_referred": _("This answer would join another person’s case."),
    "accepted_answer_has_its_case": _("This answer would join another person’s case."),
    "case_reference_is_unique_to_its_owner": _("Please send it once more: the number of the new case was taken."),
    "participation_is_recorded_by_the_provider": _(
        "Only the organisation that offers the service records this agreement."
    ),
    "participation_is_renewed_in_time": _("It has to be renewed within six months."),
    "participation_has_begun": _("The person has to have agreed before it is recorded."),
    "participation_ends_after_it_begins": _("The day by which it is renewed lies after the day on which it begins."),
    "participation_informed_by_provider_or_neutral": _(
        "Staff of the authority may not inform a person for this agreement."
    ),
    "participation_was_explained_back": _("Let the person explain it back in their own words first."),
    "participation_leaves_a_copy": _("Give the person a copy, and say how they got it."),
    "participation_can_be_contested": _("Say how the person can contest this agreement."),
    "participation_waited_a_day": _("The person needs at least 24 hours to think and to ask somebody."),
    "spoken_participation_has_a_witness": _("When the person agreed in words, name the witness."),
    "participation_is_written_once": _("What the person agreed to does not change. Record a new agreement."),
    "withdrawal_is_whole": _("Say by which way the person withdrew."),
    "heading_fits_the_target": _(
        "This service is not about attitudes, so nothing is reported about outlook and views."
    ),
    "goal_declares_its_target": _("Say for each goal what it is about."),
    "goal_target_fits_the_service": _("A goal is about attitudes only where the service declares it."),
    "goal_says_how_it_is_measured": _(
        "For each goal say how it is measured, when it counts as reached, and who measures."
    ),
    "goals_are_at_most_five": _("Agree on one to five goals."),
    "goal_set_change_has_a_reason": _("A change is a new version: say why it is needed."),
    "goal_set_number_is_unique_in_a_case": _("Somebody else has just written a new version of these goals."),
    "signed_goals_are_locked": _("These goals were signed. A change is a new version with its reason."),
    "goals_are_there_before_they_are_signed": _("There is no goal to sign."),
    "goals_are_signed_by_their_parties": _("Only the two parties sign these goals."),
    "goals_are_signed_once": _("Your organisation has already signed."),
    "person_signs_goals_or_declines": _("Either the person signed, or they would rather not."),
    "evaluation_names_who_delivers": _("This service is delivered by another organisation."),
    "deliverer_does_not_evaluate": _("Who delivers a service does not evaluate it."),
    "case_manager_does_not_evaluate": _("Who manages the case does not evaluate what came of it."),
}
