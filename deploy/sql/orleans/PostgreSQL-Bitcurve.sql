-- Ours, after the others. The first write of a grain's state inserts where no row exists, without a lock: of two silos that do so in the
-- same moment (each believing the other dead) this index lets one through.
CREATE UNIQUE INDEX bitcurve_orleansstorage_key ON OrleansStorage
    (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, (coalesce(GrainIdExtensionString, '')), ServiceId);
