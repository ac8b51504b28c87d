namespace Esb.Schema.Diagnostics;

/// <summary>The catalogue of codes. A code never changes its meaning and is never reused.</summary>
public static class DiagnosticCodes
{
    /// <summary>The text is not YAML (or JSON).</summary>
    public const string YamlSyntax = "ESB1001";

    /// <summary>The text is not TOML.</summary>
    public const string TomlSyntax = "ESB1021";

    /// <summary>A mapping contains the same key twice.</summary>
    public const string YamlDuplicateKey = "ESB1002";

    /// <summary>The document is nested too deeply, is too large, or its aliases expand too far.</summary>
    public const string YamlLimit = "ESB1003";

    /// <summary>A value has the wrong kind: a mapping where text belongs, text where a number belongs.</summary>
    public const string WrongKind = "ESB1004";

    /// <summary>A value of the right kind that is out of range or is not one of the allowed ones.</summary>
    public const string WrongValue = "ESB1005";

    /// <summary>A required key is missing.</summary>
    public const string MissingKey = "ESB1006";

    /// <summary>A key that is not read; in a template, most likely a typing error.</summary>
    public const string UnknownKey = "ESB1007";

    /// <summary>A file cannot be read or written.</summary>
    public const string FileAccess = "ESB1008";

    /// <summary>A name refers to something that does not exist.</summary>
    public const string UnknownReference = "ESB1009";

    /// <summary>Something valid on AWS that this version does not serve.</summary>
    public const string NotSupported = "ESB1010";

    /// <summary>Two entries are equivalent; the later one takes precedence.</summary>
    public const string Shadowed = "ESB1011";

    /// <summary>A setting (environment variable or option) has a value that is not allowed.</summary>
    public const string Setting = "ESB1012";

    /// <summary>Another deploy holds the lock, or the file system has no locks.</summary>
    public const string Lock = "ESB1013";

    /// <summary>Something outside ESB failed: a tool, a store, a port, the running platform.</summary>
    public const string Environment = "ESB1014";

    /// <summary>
    /// A file, or the folder of the platform's state, was written by a newer ESB in a format that this one cannot read.
    /// </summary>
    public const string NewerFormat = "ESB1020";
}
