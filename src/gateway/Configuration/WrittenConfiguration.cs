using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>What stands in the files, parsed and valid.</summary>
internal sealed record WrittenConfiguration(string Hash, FunctionsFile Functions, RoutingFile Routing)
{
    /// <summary>Before anything was read.</summary>
    public static readonly WrittenConfiguration None = new("", new FunctionsFile(FunctionDefaults.None, new Dictionary<string, FunctionDefinition>()), new RoutingFile([]));

    /// <summary>The folder that it was read from; empty when nothing was read.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What stood in functions.yml, byte for byte: handed out when the file is gone.</summary>
    public ReadOnlyMemory<byte> FunctionsBytes { get; init; }

    /// <summary>The same of routing.yml.</summary>
    public ReadOnlyMemory<byte> RoutingBytes { get; init; }

    /// <summary>Whether both come from the same parse of the same bytes.</summary>
    public bool IsSameAs(WrittenConfiguration other) => ReferenceEquals(Functions, other.Functions) && ReferenceEquals(Routing, other.Routing);
}
