using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>The content of the files, parsed and valid.</summary>
internal sealed record WrittenConfiguration(string Hash, FunctionsFile Functions, RoutingFile Routing)
{
    /// <summary>The initial value, before anything was read.</summary>
    public static readonly WrittenConfiguration None = new(
        "",
        new FunctionsFile(FunctionDefaults.None, new Dictionary<string, FunctionDefinition>()),
        new RoutingFile([]));

    /// <summary>The folder of the files; empty when nothing was read.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The bytes of functions.yml, which the admin port returns even when the file no longer exists.</summary>
    public ReadOnlyMemory<byte> FunctionsBytes { get; init; }

    /// <summary>The bytes of routing.yml.</summary>
    public ReadOnlyMemory<byte> RoutingBytes { get; init; }

    /// <summary>Whether both result from the same parse of the same bytes.</summary>
    public bool IsSameAs(WrittenConfiguration other) =>
        ReferenceEquals(Functions, other.Functions) && ReferenceEquals(Routing, other.Routing);
}
