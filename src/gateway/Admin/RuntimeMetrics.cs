using System.Text;

namespace Esb.Gateway.Admin;

/// <summary>
/// Metrics of this process, in Prometheus' text format. Source of the names: OpenTelemetry, "Semantic conventions for
/// CLR (.NET) runtime metrics", in Prometheus' spelling.
/// </summary>
internal static class RuntimeMetrics
{
    public const string AllocatedBytes = "dotnet_gc_heap_total_allocated_bytes_total";
    public const string CpuSeconds = "dotnet_process_cpu_time_seconds_total";
    public const string LockContentions = "dotnet_monitor_lock_contentions_total";
    public const string Timers = "dotnet_timer_count";

    public static string Render() => new StringBuilder()
        .One(CpuSeconds, "counter", "CPU time of the gateway.", Environment.CpuUsage.TotalTime.TotalSeconds)
        .One("dotnet_process_memory_working_set_bytes", "gauge", "Resident memory.", Environment.WorkingSet)
        .One(AllocatedBytes, "counter", "Bytes allocated since the start.", GC.GetTotalAllocatedBytes())
        .One("dotnet_gc_collections_total", "counter", "Garbage collections since the start.", GC.CollectionCount(0))
        .One("dotnet_gc_pause_time_seconds_total", "counter", "Their pauses.", GC.GetTotalPauseDuration().TotalSeconds)
        .One(LockContentions, "counter", "Times that a thread waited for a lock.", Monitor.LockContentionCount)
        .One(Timers, "gauge", "Active timers.", Timer.ActiveCount)
        .One("dotnet_thread_pool_thread_count", "gauge", "Threads of the pool.", ThreadPool.ThreadCount)
        .ToString();
}
