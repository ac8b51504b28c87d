using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>What stands in the files, parsed and valid.</summary>
internal sealed record WrittenConfiguration(string Hash, FunctionsFile Functions, RoutingFile Routing)
{
    /// <summary>Before anything was read.</summary>
    public static readonly WrittenConfiguration None = new("", new FunctionsFile(FunctionDefaults.None, new Dictionary<string, FunctionDefinition>()), new RoutingFile([]));

    /// <summary>Whether both come from the same parse of the same bytes.</summary>
    public bool IsSameAs(WrittenConfiguration other) => ReferenceEquals(Functions, other.Functions) && ReferenceEquals(Routing, other.Routing);
}
