"""What the chapters of a review show: for each chapter a module, whose functions its cells call."""
