"""Services in the shape of Open Referral's HSDS 3, written and read: own models after the published specification.

What HSDS has no field for (needs, target, method, for whom, how many, how full) stands in `attributes`, each with the
kind of thing that it is as `link_type`, so that a directory that goes out comes back as the same offers.
"""

from concordat.referrals.hsds.reading import Offered, read_directory, uuid_of
from concordat.referrals.hsds.writing import BASE, as_page, as_service

__all__ = ["BASE", "Offered", "as_page", "as_service", "read_directory", "uuid_of"]
