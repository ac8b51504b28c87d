namespace Esb.Cli.Platform;

/// <summary>The names of the parts on the screen.</summary>
internal static class ComponentNames
{
    /// <summary>The parts that this version starts, in their order.</summary>
    public static IReadOnlyList<ComponentKind> Started { get; } =
        [ComponentKind.Stores, ComponentKind.Agent, ComponentKind.Gateway];

    public static string Of(ComponentKind kind) => kind switch
    {
        ComponentKind.Stores => "stores",
        ComponentKind.EarlierObjectStore => "object store",
        ComponentKind.EarlierDatabase => "database",
        ComponentKind.Agent => "agent",
        _ => "gateway",
    };

    /// <summary>The name in a sentence about the process.</summary>
    public static string InSentence(ComponentKind kind) =>
        kind == ComponentKind.Stores ? "stores process" : Of(kind);

    /// <summary>Whether an earlier version started it, and the stores of this version replace it.</summary>
    public static bool IsEarlier(ComponentKind kind) => !Started.Contains(kind);

    /// <summary>The name of its log below the log folder.</summary>
    public static string LogFile(ComponentKind kind) => Of(kind).Replace(' ', '-') + ".log";
}
