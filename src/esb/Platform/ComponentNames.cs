namespace Esb.Cli.Platform;

/// <summary>The names of the parts on the screen.</summary>
internal static class ComponentNames
{
    public static string Of(ComponentKind kind) => kind switch
    {
        ComponentKind.ObjectStore => "object store",
        ComponentKind.Database => "database",
        ComponentKind.Agent => "agent",
        _ => "gateway",
    };

    /// <summary>The name of its log below the log folder.</summary>
    public static string LogFile(ComponentKind kind) => Of(kind).Replace(' ', '-') + ".log";
}
