using Esb.Sam.Resources;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;

namespace Esb.Sam;

/// <summary>The options for reading a template.</summary>
public sealed record SamOptions
{
    /// <summary>Values for the template's parameters, by name.</summary>
    public IReadOnlyDictionary<string, string> ParameterOverrides { get; init; } = new Dictionary<string, string>();

    /// <summary><c>AWS::Region</c>.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>
    /// The application that the templates belong to; null when each template is an application of its own, named after
    /// its folder.
    /// </summary>
    public string? Application { get; init; }

    /// <summary>
    /// Whether resources without a name are called <c>APPLICATION-LOGICALID</c>, so that two applications do not
    /// collide. AWS also appends random letters.
    /// </summary>
    public bool QualifiedNames { get; init; }

    /// <summary>The prefix for the names of resources without a name property; null for none.</summary>
    public string? Qualifier { get; init; }

    /// <summary><c>AWS::StackName</c>.</summary>
    public string StackName { get; init; } = "esb";

    /// <summary>Values that only AWS knows and a person provides.</summary>
    public GivenValues Values { get; init; } = GivenValues.None;

    /// <summary>Files from which ESB reads its settings and secrets, and which are not part of any code.</summary>
    public IReadOnlyList<string> SettingFiles { get; init; } = [];

    /// <summary>Files that settings of ESB name, such as keys, and which are not part of any code.</summary>
    public IReadOnlyList<string> NamedFiles { get; init; } = [];

    /// <summary>Folders that ESB itself writes, and which are not part of any code.</summary>
    public IReadOnlyList<string> PlatformFolders { get; init; } = [];

    /// <summary>Diagnostics of the files that the options come from, reported once with the first template.</summary>
    public IReadOnlyList<Diagnostic> Notes { get; init; } = [];

    /// <summary>
    /// Whether other templates are read with the same parameters, so that an unknown parameter may belong to one of
    /// them.
    /// </summary>
    public bool SharesParameters { get; init; }

    /// <summary>Whether anything that would be ignored is an error.</summary>
    public bool Strict { get; init; }

    /// <summary>The clock, which decides which times have passed.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The limits of one read.</summary>
    internal ReadBudget Budget { get; init; } = new();

    /// <summary>The owners of names in one read.</summary>
    internal PhysicalNames Names { get; init; } = new();
}
