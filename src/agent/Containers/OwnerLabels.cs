using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>By which an agent finds what it has made, and people what a container is.</summary>
/// <param name="owner">The agent's name, the same after its restart.</param>
internal sealed class OwnerLabels(string owner)
{
    public const string OwnerLabel = "esb.owner";
    private const string InstanceLabel = "esb.instance";

    private readonly string _instance = Guid.NewGuid().ToString("N");

    public string Owner => owner;

    public Dictionary<string, string> For(StartWorkerRequest request) => new(StringComparer.Ordinal)
    {
        [OwnerLabel] = owner,
        [InstanceLabel] = _instance,
        ["esb.function"] = request.Function,
        ["esb.revision"] = request.Revision,
        ["esb.worker"] = request.WorkerId,
    };

    /// <summary>Whether a predecessor of this process made it.</summary>
    public bool IsLeftover(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null
        && labels.GetValueOrDefault(OwnerLabel) == owner
        && labels.GetValueOrDefault(InstanceLabel) != _instance;
}
