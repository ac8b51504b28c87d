namespace Esb.Schema.Diagnostics;

/// <summary>The severity of a <see cref="Diagnostic"/>.</summary>
public enum Severity
{
    /// <summary>For information only; nothing is wrong.</summary>
    Information,

    /// <summary>The work continues, but not exactly as written.</summary>
    Warning,

    /// <summary>The input cannot be used; nothing is changed.</summary>
    Error,
}
