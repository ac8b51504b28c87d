using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>What a plan may rely on.</summary>
/// <param name="Store">How messages call the store, e.g. <c>dynalite</c>.</param>
/// <param name="Lacking">Properties that this store cannot change.</param>
/// <param name="AllowIndexRemoval">Global indexes that the manifest does not name may go.</param>
internal sealed record PlanTerms(string Store, IReadOnlySet<string> Lacking, bool AllowIndexRemoval);
