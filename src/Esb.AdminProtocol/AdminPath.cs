namespace Esb.AdminProtocol;

/// <summary>The paths of the admin port.</summary>
public static class AdminPath
{
    /// <summary><c>GET</c>: a page for browsers.</summary>
    public const string Page = "/";

    /// <summary><c>GET</c>: a <see cref="StatusDocument"/>.</summary>
    public const string Status = "/status";

    /// <summary><c>GET</c>: a list of <see cref="FunctionStatus"/>.</summary>
    public const string Functions = "/functions";

    /// <summary><c>GET</c>: a list of <see cref="RouteStatus"/>.</summary>
    public const string Routes = "/routes";

    /// <summary><c>GET</c>: a list of <see cref="WorkerStatus"/>.</summary>
    public const string Workers = "/workers";

    /// <summary><c>GET</c>: figures in Prometheus' text format.</summary>
    public const string Metrics = "/metrics";

    /// <summary><c>GET</c> with a <see cref="LogQuery"/>: a <see cref="LogRecord"/> on each line.</summary>
    public const string Logs = "/logs";

    /// <summary><c>GET</c>: <see cref="ServedFiles"/>.</summary>
    public const string Configuration = "/configuration";

    /// <summary><c>POST</c>: loads the files, then answers with a <see cref="HealthDocument"/>.</summary>
    public const string Reload = "/reload";

    /// <summary>
    /// <c>POST</c> with <c>?image=REFERENCE</c>: has the agent fetch an image, then answers with an
    /// <see cref="AdminMessage"/>. 502: the image cannot be fetched; 503: no agent is connected.
    /// </summary>
    public const string Images = "/images";
}
