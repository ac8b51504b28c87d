using System.Reflection;
using Esb.Gateway.Agent;
using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Host.Files;
using Esb.Schema.Files;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary>The admin port: what people and <c>esb</c> ask about the platform. Not for clients; bound to loopback by default.</summary>
internal sealed class AdminHandler(LiveConfiguration configuration, Reloader reloader, LogStore logs, AdminHandler.Platform platform, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>The version of this binary.</summary>
    public static string Version { get; } =
        typeof(AdminHandler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public Task HandleAsync(HttpContext context) => (context.Request.Method, RequestTarget.Of(context).Path.ToString()) switch
    {
        ("GET", "/") => AdminPage.WriteAsync(context),
        ("GET", "/status") => StatusAsync(context),
        ("GET", "/functions") => JsonReply.WriteAsync(context, 200, Status().Functions, AdminJson.Default.IReadOnlyListFunctionStatus),
        ("GET", "/routes") => JsonReply.WriteAsync(context, 200, Status().Routes, AdminJson.Default.IReadOnlyListRouteStatus),
        ("GET", "/workers") => JsonReply.WriteAsync(context, 200, Status().Workers, AdminJson.Default.IReadOnlyListWorkerStatus),
        ("GET", "/metrics") => Metrics.WriteAsync(context, configuration.Current, platform.Figures, new ReloadMetrics(configuration, reloader, time)),
        ("GET", "/logs") => LogStream.WriteAsync(context, logs, configuration, time),
        ("GET", "/configuration") => ConfigurationAsync(context),
        ("POST", "/reload") => ReloadAsync(context),
        ("POST", "/images") => PrepareImageAsync(context),
        _ => JsonReply.WriteAsync(context, StatusCodes.Status404NotFound, """{"message":"not found: try /, /status, /functions, /routes, /workers, /logs, /metrics, /configuration, POST /reload or POST /images?image=REFERENCE"}"""u8.ToArray()),
    };

    /// <summary>The open health document, for the public port.</summary>
    public Task HealthAsync(HttpContext context) =>
        JsonReply.WriteAsync(context, 200, HealthDocument.Of(configuration.Current, reloader), AdminJson.Default.HealthDocument);

    private Task StatusAsync(HttpContext context) => JsonReply.WriteAsync(context, 200, Status(), AdminJson.Default.StatusDocument);

    private async Task ReloadAsync(HttpContext context)
    {
        await reloader.ReloadAsync(context.RequestAborted);
        await HealthAsync(context);
    }

    private Task ConfigurationAsync(HttpContext context)
    {
        if (!PeerUser.IsOurs(context.Connection))
            return WithholdAsync(context, StatusCodes.Status403Forbidden, "the three files may hold secrets: they are told to the gateway's own user and to root, on its own machine");
        try
        {
            return JsonReply.WriteAsync(context, 200, ServedConfiguration.Of(configuration.Current.Written, platform.RuntimeFolder), ServedJson.Default.ServedConfiguration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return WithholdAsync(context, StatusCodes.Status500InternalServerError, e.Message);
        }
    }

    private Task WithholdAsync(HttpContext context, int status, string reason) =>
        JsonReply.WriteAsync(context, status, new WithheldConfiguration(reason, platform.RuntimeFolder, FolderIdentity.Of(platform.RuntimeFolder)), ServedJson.Default.WithheldConfiguration);

    // 503: nobody can say now; 502: it cannot be had.
    private async Task PrepareImageAsync(HttpContext context)
    {
        var image = context.Request.Query["image"].ToString();
        if (image.Length == 0)
            await JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, """{"message":"name the image: POST /images?image=REFERENCE"}"""u8.ToArray());
        else if (!platform.Images.CanAsk)
            await JsonReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, """{"message":"the agent cannot be reached"}"""u8.ToArray());
        else if (await platform.Images.EnsureAsync(image, context.RequestAborted) is { } reason)
            await JsonReply.WriteAsync(context, StatusCodes.Status502BadGateway, new MessageDocument(reason), AdminJson.Default.MessageDocument);
        else
            await JsonReply.WriteAsync(context, StatusCodes.Status200OK, new MessageDocument($"{image} is there"), AdminJson.Default.MessageDocument);
    }

    private StatusDocument Status()
    {
        var snapshot = configuration.Current;
        var workers =
            from pool in configuration.AllPools()
            from worker in pool.Snapshot()
            let draining = !snapshot.Functions.TryGetValue(pool.Spec.Function, out var entry) || entry.Pool != pool
            select new WorkerStatus(
                worker.Id,
                pool.Spec.Function,
                pool.Spec.Revision,
                draining ? "draining" : worker.State.ToString().ToLowerInvariant(),
                worker.Address,
                worker.CreatedAt,
                worker.Description);
        return new StatusDocument(
            Version,
            _startedAt,
            Environment.ProcessId,
            ConfigurationDocument.Of(snapshot, reloader),
            [.. snapshot.Functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => FunctionStatus.Of(f, snapshot.Routes.All))],
            [.. snapshot.Routes.All.Select(r => new RouteStatus(r.Method, r.Path, r.Function ?? "", r.Payload, r.Target, r.Api.Application, r.Refused))],
            [.. workers],
            new AsynchronousStatus(platform.Figures.Asynchronous.Pending, platform.Figures.Asynchronous.PendingBytes, platform.Figures.Asynchronous.GivenUp, platform.Figures.Asynchronous.DamagedRecords),
            platform.Figures.Memory.Taken);
    }

    /// <summary>What the admin port tells and asks beyond the configuration.</summary>
    /// <param name="Figures">Of requests, events and memory.</param>
    /// <param name="Images">Has images fetched.</param>
    /// <param name="RuntimeFolder">The preferred configuration folder.</param>
    internal sealed record Platform(PlatformFigures Figures, ImagePreparation Images, string RuntimeFolder);
}
