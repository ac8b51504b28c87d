namespace Esb.Gateway.Routing;

/// <summary>Which AWS front end a route imitates; events, answers, errors and CORS differ.</summary>
internal enum ApiKind
{
    /// <summary>REST API, payload format 1.0.</summary>
    Rest,

    /// <summary>HTTP API, payload format 2.0.</summary>
    Http,

    /// <summary>Function URL, payload format 2.0 with its own errors and without an API.</summary>
    FunctionUrl,
}
