namespace Esb.AdminProtocol;

/// <summary>
/// The lines that a request for <see cref="AdminPath.Logs"/> asks for. A property that is null selects everything.
/// </summary>
public sealed record LogQuery
{
    /// <summary>The longest <see cref="Since"/>.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(36_500);

    /// <summary>Selects the lines of this function.</summary>
    public string? Function { get; init; }

    /// <summary>Selects the lines of the functions of this application.</summary>
    public string? Application { get; init; }

    /// <summary>The maximum age of the lines: a number and <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
    public string? Since { get; init; }

    /// <summary>Selects the lines that contain this text.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the answer continues without an end and includes lines that are yet to be written.</summary>
    public bool Follow { get; init; }

    /// <summary>Reads the query of a request.</summary>
    /// <param name="parameter">The value of a parameter; null or empty when it is absent.</param>
    public static LogQuery Read(Func<string, string?> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        string? Value(string name) => parameter(name) is { Length: > 0 } value ? value : null;
        return new LogQuery
        {
            Function = Value("function"),
            Application = Value("application"),
            Since = Value("since"),
            Text = Value("grep"),
            Follow = Value("follow") == "true",
        };
    }

    /// <summary>The path and query of the request.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] parameters =
        [
            ("function", Function), ("application", Application), ("since", Since), ("grep", Text),
            ("follow", Follow ? "true" : null),
        ];
        var given = from parameter in parameters
                    where parameter.Value is not null
                    select $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}";
        return $"{AdminPath.Logs}?{string.Join('&', given)}";
    }
}
