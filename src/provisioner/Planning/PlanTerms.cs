using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>What a plan depends on besides the resource.</summary>
/// <param name="Store">The name of the store in messages, such as <c>dynalite</c>.</param>
/// <param name="Lacking">Properties that this store cannot change.</param>
/// <param name="AllowIndexRemoval">Whether global indexes that are not in the manifest may be removed.</param>
internal sealed record PlanTerms(string Store, IReadOnlySet<string> Lacking, bool AllowIndexRemoval);
