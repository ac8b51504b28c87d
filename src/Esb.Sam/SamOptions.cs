using Esb.Sam.Resources;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;

namespace Esb.Sam;

/// <summary>What a template is read with.</summary>
public sealed record SamOptions
{
    /// <summary>Values for the template's parameters, by name.</summary>
    public IReadOnlyDictionary<string, string> ParameterOverrides { get; init; } = new Dictionary<string, string>();

    /// <summary><c>AWS::Region</c>.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The application that the templates are part of; null: each is one of its own, called as the folder that it stands in.</summary>
    public string? Application { get; init; }

    /// <summary>What has no name of its own is called <c>APPLICATION-LOGICALID</c>, as on AWS but for the random letters there, so that two applications do not meet.</summary>
    public bool QualifiedNames { get; init; }

    /// <summary>Stands before such names; null: nothing does.</summary>
    public string? Qualifier { get; init; }

    /// <summary><c>AWS::StackName</c>.</summary>
    public string StackName { get; init; } = "esb";

    /// <summary>What only AWS knows and a person gives.</summary>
    public GivenValues Values { get; init; } = GivenValues.None;

    /// <summary>Files that settings and secrets of ESB itself are read from, which are no part of any code.</summary>
    public IReadOnlyList<string> SettingFiles { get; init; } = [];

    /// <summary>Folders that ESB itself writes, which are no part of any code.</summary>
    public IReadOnlyList<string> PlatformFolders { get; init; } = [];

    /// <summary>What was found in the files that the options come from; said once, with the first template.</summary>
    public IReadOnlyList<Diagnostic> Notes { get; init; } = [];

    /// <summary>Other templates are read with the same parameters, so that one that this template does not have may be theirs.</summary>
    public bool SharesParameters { get; init; }

    /// <summary>Whether what would be ignored is an error.</summary>
    public bool Strict { get; init; }

    /// <summary>Says which times are over.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What one read may use up.</summary>
    internal ReadBudget Budget { get; init; } = new();

    /// <summary>Who has which name in one read.</summary>
    internal PhysicalNames Names { get; init; } = new();
}

/// <summary>Counts what nested templates could multiply.</summary>
internal sealed class ReadBudget
{
    public int Applications { get; set; }
}
