using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>Labels by which an agent finds its containers, and by which people see what a container is.</summary>
/// <param name="owner">The agent's name, which is the same after a restart.</param>
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

    /// <summary>Whether an earlier process of this agent created the container.</summary>
    public bool IsLeftover(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null
        && labels.GetValueOrDefault(OwnerLabel) == owner
        && labels.GetValueOrDefault(InstanceLabel) != _instance;
}
